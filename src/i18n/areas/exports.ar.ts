import type { Messages } from '../en.js';
import { arPlural } from '../plural.js';

export const exports = {
  title: 'أخرِجه من المختبر',
  lead: 'النموذج مع تحضير بياناته في ملفات تشغّلها برامج أخرى وتعطي الإجابات نفسها. ويسافر معه التشغيل والإيداع والبيانات والأرقام.',
  version: 'الإصدار',
  versionOption: (name: string, version: string, model: string) => `${name} الإصدار ${version} (${model})`,
  format: 'الصيغة',
  formats: { onnx: 'ONNX', tfjs: 'TensorFlow.js للويب', mlflow: 'نموذج MLflow', json: 'JSON وجافاسكربت' } as Record<string, string>,
  formatText: {
    onnx: 'ملف واحد لبايثون وC#‎ وجافا وجافاسكربت وغيرها. تدخله القيم الخام، فملء الناقص والترميز والتحجيم داخل المخطط نفسه.',
    tfjs: 'شبكة لصفحات الويب، معها نص برمجي يحضّر مدخلاتها.',
    mlflow: 'مجلد يحمّله MLflow ويخدمه، بتوقيعه وبيئاته. والنموذج فيه ONNX.',
    json: 'ما تعلّمه النموذج ليقرأه من شاء، مع جافاسكربت من أسطر قليلة لا تحتاج إلى أي حزمة.',
  } as Record<string, string>,
  netsOnly: 'TensorFlow.js (للشبكات فقط)',
  act: (name: string, version: string, format: string) => `صدّر ${name} الإصدار ${version} بصيغة ${format}`,
  made: 'ما صُدّر',
  filesAndSize: (n: number, size: string) => `${arPlural(n, { one: 'ملف واحد', two: 'ملفان', few: '# ملفات', many: '# ملفًا', other: '# ملف' })}، ${size}`,
  size: 'الحجم',
  file: 'الملف',
  filesOf: (folder: string) => `ملفات ${folder}`,
  download: 'نزّل zip',
  downloadOf: (folder: string) => `نزّل zip: ${folder}`,
  downloaded: (name: string, size: string) => `${name} في طريقه إلى تنزيلاتك (${size}). وفيه README.md يشرح كيف يُشغَّل.`,
} satisfies Messages['exports'];
