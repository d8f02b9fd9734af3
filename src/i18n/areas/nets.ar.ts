import { text, listed, type ErrorFields } from '../error-data.js';
import { arPlural } from '../plural.js';
import type { codedNetSettings as englishSettings, codedNetWords as englishWords, netErrors as englishErrors, nets as english } from './nets.en.js';

const KEPT = 'لم يُدرَّب شيء.';
const list = (d: ErrorFields): string => listed(d, 'known', '، ');
const place = (d: ErrorFields): string => (text(d, 'file') === '' ? '' : ` (${text(d, 'file')}${text(d, 'line') === '' ? '' : `، السطر ${text(d, 'line')}`})`);
const layer = (d: ErrorFields): string => (text(d, 'layer') === '' ? (text(d, 'kind') === 'net' || text(d, 'kind') === '' ? 'الشبكة' : text(d, 'kind')) : `الطبقة ${text(d, 'layer')} ‏(${text(d, 'kind')})`);
const files = (d: ErrorFields): string => (list(d) === '' ? 'لا توجد شبكة بعد؛ يكتب الأمر lab new-net --name deep واحدة.' : `الموجود: ${list(d)}.`);

const OUT = { one: 'ويخرج عدد واحد', two: 'ويخرج عددان', few: 'وتخرج # أعداد', many: 'ويخرج # عددًا', other: 'ويخرج # عدد' };

export const netErrors: typeof englishErrors = {
  'net-code-choose': (d) => `حدّد الشبكة: ‎--set code=nets/deep.ts‎. ${files(d)} ${KEPT}`,
  'net-code-missing': (d) => `لا يوجد ملف ${text(d, 'path')} فيه شيفرة شبكة. ${files(d)} ${KEPT}`,
  'net-exists': (d) => `الملف ${text(d, 'path')} موجود من قبل وبقي كما هو. اختر اسمًا آخر.`,
  'net-no-export': (d) => `لا يعطي ${text(d, 'file') || 'الملف'} شبكة. اختمه بـ: ‎export default net(({ inputs, outputs }) => ({ layers: [ … ] }))‎. ${KEPT}`,
  'net-not-described': (d) => `لا تعطي الدالة في ${text(d, 'file') || 'الملف'} قائمة طبقات؛ المنتظر: ${text(d, 'expected')}. ${KEPT}`,
  'net-field': (d) => `في ${layer(d)} لا يصلح «${text(d, 'value')}» قيمةً لـ«${text(d, 'field')}»؛ المنتظر: ${text(d, 'expected')}${place(d)}. ${KEPT}`,
  'net-layer-unknown': (d) => `الطبقة ${text(d, 'layer')} من نوع غير معروف («${text(d, 'kind')}»)${place(d)}. الأنواع: ${list(d)}. ${KEPT}`,
  'net-layer-shape': (d) => `في ${layer(d)} لا يناسب الشكل ${text(d, 'shape')}؛ المطلوب ${text(d, 'needs')}${place(d)}. ${KEPT}`,
  'net-output': (d) => `تنتهي الشبكة بالشكل ${text(d, 'shape')} بينما عرض الجواب ${text(d, 'outputs')}${place(d)}. اجعل الطبقة الأخيرة dense(outputs). ${KEPT}`,
  'net-output-activation': (d) => `للطبقة الأخيرة دالة تنشيط ${text(d, 'activation')}${place(d)}. احذفها: المختبر نفسه يحوّل الأعداد إلى احتمالات. ${KEPT}`,
  'net-too-many-layers': (d) => `في الشبكة أكثر من ${text(d, 'most')} طبقة${place(d)}. ${KEPT} ابحث عن حلقة تضيف أكثر مما ينبغي.`,
  'net-too-large': (d) => `ستتعلم الشبكة ${text(d, 'weights')} عددًا، ولا يمكن هنا تدريب أكثر من ${text(d, 'most')} وحفظه${place(d)}. ${KEPT} اجعل الطبقات أضيق.`,
};

export const codedNetWords: typeof englishWords = {
  name: 'شبكة مكتوبة شيفرةً',
  what: 'شبكتك أنت: ملف TypeScript قصير يقول ما الطبقات وكيف تُدرَّب.',
  assumes: 'ما تفترضه طبقاتك. يحسن أن تكون المدخلات على مقياس متقارب، ويتحقق المختبر من توافق الأشكال قبل التدريب.',
  costs: 'من ثوانٍ إلى دقائق بحسب الحجم الذي تختاره. الشيفرة والبذرة نفسهما تعطيان النتيجة ذاتها تمامًا على الواجهة نفسها.',
  avoid: 'ما لم يثبت أن نموذجًا أبسط أضعف من اللازم: فكل طبقة خيار آخر يحتاج إلى تبرير.',
};

export const codedNetSettings: typeof englishSettings = {
  code: { name: 'ملف الشبكة', hint: 'ملف في nets/ مثل nets/deep.ts.' },
  epochLimit: { name: 'أقصى عدد للدورات', hint: '0: كما تقول الشيفرة.' },
  rateFactor: { name: 'معدّل التعلّم مضروبًا في', hint: '1: كما تقول الشيفرة.' },
};

export const nets: typeof english = {
  title: 'شبكتك',
  choose: 'ملف الشبكة',
  none: 'لا توجد شبكة بعد. بدايةٌ مشروحة سطرًا سطرًا تُظهر كيف تُكتب الشبكة.',
  newName: 'اسم الشبكة الجديدة',
  newHint: 'حروف لاتينية وأرقام و_ و-.',
  make: 'اكتب بداية وافتحها',
  another: 'ابدأ شبكة أخرى',
  edit: 'افتح في المحرر',
  openAt: (file, line) => (line === '' ? `افتح ${file}` : `افتح ${file} عند السطر ${line}`),
  checking: 'تُشغَّل الشيفرة',
  again: 'تحقّق من جديد',
  summary: (layers, weights) => `${arPlural(layers, { one: 'طبقة واحدة', two: 'طبقتان', few: '# طبقات', many: '# طبقة', other: '# طبقة' })}، وعدد ما يُتعلَّم ${weights}.`,
  table: 'طبقات الشبكة',
  place: 'الموضع',
  layer: 'الطبقة',
  shape: 'تعطي',
  weights: 'أعداد تُتعلَّم',
  line: 'السطر',
  start: (inputs, outputs) => `${arPlural(inputs, { one: 'يدخل عدد واحد', two: 'يدخل عددان', few: 'تدخل # أعداد', many: 'يدخل # عددًا', other: 'يدخل # عدد' })} ${arPlural(outputs, OUT)}.`,
  startPicture: (shape, outputs) => `تدخل صورة ${shape} ${arPlural(outputs, OUT)}.`,
  training: (optimizer, rate, epochs, batch) => `${optimizer} بمعدّل ${rate}، ${arPlural(epochs, { one: 'دورة واحدة على الأكثر', two: 'دورتان على الأكثر', few: '# دورات على الأكثر', many: '# دورة على الأكثر', other: '# دورة على الأكثر' })} في دفعات من ${batch}.`,
  patience: (epochs) => arPlural(epochs, { one: 'يتوقف بعد دورة بلا تحسّن.', two: 'يتوقف بعد دورتين بلا تحسّن.', few: 'يتوقف بعد # دورات بلا تحسّن.', many: 'يتوقف بعد # دورة بلا تحسّن.', other: 'يتوقف بعد # دورة بلا تحسّن.' }),
  printed: 'ما طبعته الشيفرة',
  broken: 'لا تعطي الشيفرة شبكة يمكن تدريبها',
  editorHint: 'هذا الملف شبكة. انظر في طبقاتها ودرّبها في صفحة التدريب.',
  editorAct: 'إلى التدريب',
};
