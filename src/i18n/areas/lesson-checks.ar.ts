import type { lessonChecks as english } from './lesson-checks.en.js';

type D = Readonly<Record<string, string>>;
const stages: Readonly<Record<string, string>> = { data: 'البيانات', train: 'التدريب', evaluate: 'التقييم', register: 'التسجيل', deploy: 'النشر', monitor: 'المراقبة', retrain: 'إعادة التدريب', retire: 'الإيقاف' };
const states: Readonly<Record<string, string>> = { empty: 'فارغة', ready: 'جاهزة', done: 'منجزة', attention: 'تطلب الانتباه' };
const splits: Readonly<Record<string, string>> = { time: 'تقسيم بالزمن', random: 'تقسيم عشوائي', stratified: 'تقسيم طبقي', none: 'دون تقسيم' };

export const lessonChecks = {
  'stage-state': {
    expected: (d: D) => `محطة ${stages[d['stage']!]} ${states[d['state']!]}`,
    seen: (d: D) => `${stages[d['stage']!]}: ${states[d['state']!]}`,
  },
  'data-collected': {
    expected: (d: D) => `مجموعة البيانات ${d['dataset']} وفيها ${d['rows']} صف على الأقل`,
    'expected-versions': (d: D) => `${d['dataset']} مجموعةً في إصدارات مختلفة عددها ${d['versions']} على الأقل`,
    'expected-to': (d: D) => `${d['dataset']} ممتدة حتى ${d['to']} على الأقل`,
    none: () => 'لا مجموعة بيانات في المشروع',
    seen: (d: D) => `${d['dataset']}، عدد الصفوف ${d['rows']}${d['to'] ? `، حتى ${d['to']}` : ''}؛ الإصدارات حتى الآن: ${d['versions']}`,
  },
  prepared: {
    expected: (d: D) => `الهدف ${d['target']}${d['split'] ? `، ${splits[d['split']]}` : ''}`,
    'expected-dropped': (d: D) => `الهدف ${d['target']}${d['split'] ? `، ${splits[d['split']]}` : ''}، دون المُدخل ${d['columns']}`,
    none: () => 'لم يُهيَّأ شيء',
    stale: () => 'التهيئة لبيانات أقدم؛ هيّئ من جديد',
    kept: (d: D) => `ما زال ${d['columns']} بين المدخلات`,
    seen: (d: D) => `الهدف ${d['target']}، ${splits[d['split']!]}، صفوف التدريب ${d['train']} والاختبار ${d['test']}`,
  },
  'run-exists': {
    expected: (d: D): string => (d['models'] ? `تشغيل لنموذج ${d['models']}` : 'تشغيل'),
    'expected-evaluated': (d: D) => `${d['models'] ? `تشغيل لنموذج ${d['models']}` : 'تشغيل'} مقيَّم`,
    'expected-at-most': (d: D) => `تشغيل مقيَّم لا يتجاوز فيه ${d['metric']} القيمة ${d['bound']}، يحسبها المختبر على أيام يختارها هو`,
    'expected-at-least': (d: D) => `تشغيل مقيَّم لا يقل فيه ${d['metric']} عن ${d['bound']}، يحسبها المختبر على أيام يختارها هو`,
    none: () => 'لا تشغيل بعد',
    other: (d: D) => `لا توجد إلا تشغيلات ${d['models']}`,
    'not-evaluated': (d: D) => `دُرّب ${d['run']} ولم يُقيَّم`,
    seen: (d: D) => `${d['run']} (${d['model']})`,
    metric: (d: D) => `قيمة ${d['metric']} هي ${d['value']}`,
  },
  'runs-differ-by-data': {
    expected: () => 'تشغيلان بالإعدادات والبذرة نفسها من بيانات مختلفة ونموذجاهما مختلفان، أحدثهما من هذا الدرس',
    'expected-same': () => 'تشغيلان بالإعدادات والبذرة نفسها من البيانات نفسها',
    none: (d: D) => `لا يوجد زوج كهذا؛ تشغيلات هذا الدرس: ${d['runs']}`,
    seen: (d: D) => `${d['older']} و${d['newer']}`,
  },
  'version-exists': {
    expected: (d: D) => `إصدار من ${d['model']}${d['kinds'] ? ` صنعه ${d['kinds']}` : ''}`,
    'expected-count': (d: D) => `إصدارات من ${d['model']} عددها ${d['count']} على الأقل`,
    none: () => 'لم يُسجَّل شيء',
    seen: (d: D) => `${d['model']}؛ عدد الإصدارات: ${d['count']}`,
  },
  alias: {
    expected: (d: D) => `${d['alias']} يشير إلى إصدار جيد من ${d['model']}`,
    'expected-newest': (d: D) => `${d['alias']} يشير إلى إصدار أحدث من ${d['model']}`,
    none: (d: D) => `${d['alias']} لا يشير إلى أي إصدار من ${d['model']}`,
    seen: (d: D) => `${d['alias']} هو الإصدار ${d['version']} (${d['kind']})`,
  },
  'service-live': {
    expected: (d: D) => `خدمة تجيب بالنموذج ${d['model'] || ''}`.trim(),
    'expected-version': (d: D) => `خدمة تعمل بالإصدار ${d['version']} من ${d['model']} أو بأحدث منها`,
    'expected-alias': (d: D) => `خدمة بالاسم المطلوب تعمل بإصدار ${d['alias']} من ${d['model']}`,
    none: () => 'لا خدمة تعمل',
    seen: (d: D) => `${d['service']} تجيب بالإصدار ${d['version']} من ${d['model']}`,
  },
  'service-asked': {
    expected: (d: D) => `أجابت ${d['service']} عن ${d['count']} طلب على الأقل`,
    none: (d: D) => `لا خدمة باسم ${d['service']}`,
    seen: (d: D) => `الطلبات التي أجابت عنها ${d['service']}: ${d['count']}`,
  },
  'clock-reached': {
    expected: (d: D) => `الساعة عند ${d['date']} أو بعده`,
    none: () => 'لا ساعة قبل جمع بيانات حيّة',
    seen: (d: D) => `التاريخ الآن ${d['now']}`,
  },
  'windows-seen': {
    expected: (d: D) => `فترات نتائجها معروفة عددها ${d['count']} على الأقل`,
    'expected-until': (d: D) => `الخطأ مقيس حتى ${d['until']}`,
    none: () => 'لا فترة نتائجها معروفة',
    seen: (d: D) => `الفترات المقيسة: ${d['count']}، حتى ${d['until']}`,
    'several-versions': (d: D) => `استعملت الخدمة في هذه المدة إصدارات عددها ${d['versions']}`,
  },
  'alert-raised': {
    expected: (d: D): string => (d['rule'] === 'error' ? 'تنبيه عن الخطأ' : d['rule'] === 'drift' ? 'تنبيه عن الانجراف' : 'تنبيه'),
    none: () => 'لا تنبيه حتى الآن',
    seen: (d: D) => `${d['rule']} ‏(${d['subject']}): ${d['value']}، والحد ${d['threshold']} ‏(${d['at']})`,
  },
  comparison: {
    expected: (d: D) => `مقارنة البطل والمتحدي من ${d['model']} على ${d['rows']} يوم مشترك على الأقل`,
    'expected-better': (d: D) => `متحدٍّ من ${d['model']} أفضل على ${d['rows']} يوم مشترك على الأقل`,
    none: () => 'لم يُقارَن شيء بعد',
    seen: (d: D) => `${d['metric']} على ${d['rows']} يوم: البطل ${d['champion']} والمتحدي ${d['challenger']}`,
  },
  'version-retired': {
    expected: (d: D) => `إصدار متقاعد من ${d['model']} مع سببه`,
    'expected-version': (d: D) => `الإصدار ${d['version']} من ${d['model']} متقاعد مع سببه`,
    none: () => 'لا إصدار متقاعد',
    seen: (d: D) => `الإصدار ${d['version']}: «${d['reason']}»`,
  },
  'file-value': {
    expected: (d: D) => `قيمة عند ${d['at']} في ${d['path']}`,
    'expected-equals': (d: D) => `${d['at']} في ${d['path']} تساوي ${d['value']}`,
    'expected-at-least': (d: D) => `${d['at']} في ${d['path']} لا تقل عن ${d['value']}`,
    'expected-at-most': (d: D) => `${d['at']} في ${d['path']} لا تزيد على ${d['value']}`,
    'no-file': (d: D) => `لا يوجد ${d['path']}`,
    broken: (d: D) => `تعذّرت قراءة ${d['path']} بصيغة YAML أو JSON`,
    'no-value': (d: D) => `لا قيمة عند ${d['at']} في ${d['path']}`,
    seen: (d: D) => `${d['at']} هي ${d['value']}`,
  },
  'journal-has': {
    expected: (d: D) => `الفعل ${d['action']} في السجل، ${d['count']} مرة على الأقل`,
    none: (d: D) => `لا ${d['action']} حتى الآن`,
    seen: (d: D) => `${d['action']}: ‏${d['count']} مرة`,
  },
  'git-commit': {
    expected: (d: D) => `إيداعات عددها ${d['count']} على الأقل`,
    'expected-words': (d: D) => `إيداعات عددها ${d['count']} على الأقل وفي عنوانها «${d['words']}»`,
    none: () => 'لا إيداع بعد',
    seen: (d: D) => `${d['count']}؛ وأحدثها «${d['subject']}»`,
  },
  'git-tag': {
    expected: (d: D) => `وسم اسمه ${d['tag']}`,
    'expected-live': (d: D) => `الوسم ${d['tag']} على إيداع الإصدار الذي تقدّمه ${d['service']}`,
    none: (d: D) => `لا وسم باسم ${d['tag']}`,
    'no-service': (d: D) => `لا خدمة باسم ${d['service']}`,
    seen: (d: D) => `${d['tag']} على ${d['commit']}`,
  },
} satisfies typeof english;
