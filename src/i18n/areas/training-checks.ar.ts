import type { trainingChecks as english } from './training-checks.en.js';

type D = Readonly<Record<string, string>>;
const parts: Readonly<Record<string, string>> = { settings: 'الإعدادات', seed: 'البذرة', preparation: 'التهيئة', data: 'البيانات' };
/** Codes inside a list that is already written out. */
const partsOf = (list = ''): string => list.replace(/settings|seed|preparation|data/g, (part) => parts[part]!);
const verdicts: Readonly<Record<string, string>> = { helps: 'ينفع', hurts: 'يزيد النموذج سوءًا', unclear: 'لا أثر لا تفسّره المصادفة' };
const shapes: Readonly<Record<string, string>> = { diverged: 'ينفلت', slow: 'لا يكاد يتحرك', overfit: 'يعود فيرتفع على الصفوف المحجوزة', settled: 'ينتهي قرب أدناه على الصفوف المحجوزة' };

export const trainingChecks = {
  'study-exists': {
    expected: (d: D) => `بحث عن الإعدادات${d['models'] ? ` لنموذج ${d['models']}` : ''}${d['method'] ? ` بطريقة ${d['method']}` : ''}، تجاربه ${d['trials']} على الأقل${d['log'] ? `، و${d['log']} على مقياس لوغاريتمي` : ''}`,
    'expected-complete': (d: D) => `بحث عن الإعدادات${d['method'] ? ` بطريقة ${d['method']}` : ''} بلغ نهايته`,
    none: () => 'لا بحث كهذا على هذه الصفوف',
    linear: (d: D) => `يبحث ${d['name']} في ${d['log']} بخطوات متساوية لا على مقياس لوغاريتمي`,
    unjudged: (d: D) => `لم يُحكم بصفوف الاختبار على تشغيلات ${d['name']}`,
    open: (d: D) => `تجارب ${d['name']} حتى الآن: ${d['count']}`,
    seen: (d: D) => `${d['name']} ‏(${d['method']})، عدد التجارب: ${d['count']}`,
  },
  'same-budget': {
    expected: (d: D) => `أبحاث بالطرق ${d['methods']} عن الإعدادات نفسها (${d['settings']} على الأقل) وبعدد التجارب نفسه، ${d['trials']} على الأقل`,
    none: (d: D) => `لا بحث بطريقة ${d['methods']}`,
    'other-space': (d: D) => `لا تتفق الأبحاث في الإعدادات (${d['settings']}) والنموذج والصفوف والطيّات`,
    'other-count': (d: D) => `أعداد تجاربها: ${d['counts']}`,
    seen: (d: D) => `${d['methods']}، لكل منها من التجارب: ${d['count']}`,
  },
  'winner-judged': {
    expected: (d: D) => `بحث تجاربه ${d['trials']} على الأقل، حُكم بصفوف الاختبار على أفضل تشغيل فيه وحده`,
    'expected-at-most': (d: D) => `بحث تجاربه ${d['trials']} على الأقل، حُكم على أفضل تشغيل فيه وحده، و${d['metric']} لا يتجاوز ${d['bound']} بحساب المختبر`,
    none: () => 'لا بحث كهذا على هذه الصفوف',
    few: (d: D) => `تجارب ${d['name']} لا تزيد على ${d['count']}`,
    unjudged: (d: D) => `لم يُحكم بصفوف الاختبار على أيّ تشغيل من ${d['name']}`,
    other: (d: D) => `حُكم على ${d['run']} وليس الأفضل بحسب الطيّات`,
    several: (d: D) => `عدد تشغيلات ${d['name']} التي حُكم عليها بصفوف الاختبار: ${d['count']}`,
    seen: (d: D) => `${d['run']}، أفضل ما في ${d['name']}`,
    metric: (d: D) => `${d['run']}: قيمة ${d['metric']} هي ${d['value']}`,
  },
  'run-noted': {
    expected: () => 'ملاحظة على التشغيل المقصود',
    'expected-tag': (d: D) => `الوسم ${d['tag']} على التشغيل المقصود`,
    none: () => 'لا يحمله أيّ تشغيل',
    other: (d: D) => `يحمله ${d['run']}`,
    seen: (d: D) => `يحمله ${d['run']}`,
  },
  'rerun-made': {
    expected: () => 'تشغيل أُعيد تدريبه فخرج النموذج نفسه بتًّا بتًّا',
    'expected-run': (d: D) => `إعادة تدريب ${d['run']} وخروج النموذج نفسه بتًّا بتًّا`,
    none: () => 'لم يُعَد تدريب أيّ تشغيل بالأمر lab rerun',
    other: (d: D) => `أُعيد تدريب ${d['run']}، وهو تشغيل آخر`,
    differs: (d: D) => `أُعيد تدريب ${d['run']} فخرج نموذج آخر`,
    seen: (d: D) => `${d['run']}: النموذج نفسه`,
  },
  'twin-runs': {
    expected: (d: D) => `تشغيلان لا يختلفان إلا في ${partsOf(d['by'])}، ونموذجاهما مختلفان`,
    none: (d: D) => `لا تشغيلان يختلفان في ${partsOf(d['by'])} دون سواه`,
    same: (d: D) => `نموذج ${d['first']} هو نموذج ${d['second']}`,
    seen: (d: D) => `${d['first']} و${d['second']}`,
  },
  'threshold-cost': {
    expected: (d: D) => `تشغيل لا تتجاوز كلفة أخطائه ${d['bound']} لكل صف اختبار، حين تكلّف الحالة الفائتة ${d['miss']} والإنذار الكاذب ${d['alarm']}`,
    none: () => 'لم يُقيَّم تشغيل كهذا',
    seen: (d: D) => `${d['run']} عند العتبة ${d['threshold']}: ‏${d['cost']} لكل صف`,
  },
  'models-compared': {
    expected: (d: D) => `${d['count']} أنواع من النماذج على الأقل مقيَّمة على صفوف الاختبار نفسها${d['dataset'] ? ` من ${d['dataset']}` : ''}${d['models'] ? `، منها ${d['models']}` : ''}${d['some'] ? `، وواحد من ${d['some']}` : ''}`,
    none: () => 'لم يُقيَّم نموذج على صفوف كهذه',
    missing: (d: D) => `المقيَّم على الصفوف نفسها: ${d['models']}`,
    seen: (d: D) => `المقيَّم على الصفوف نفسها: ${d['models']}`,
  },
  'runs-compared': {
    expected: (d: D) => `مقارنة بين ${d['one']} و${d['other']}`,
    'expected-folds': (d: D) => `مقارنة بين ${d['one']} و${d['other']} على صفوف الاختبار وعلى ${d['folds']} طيّات على الأقل`,
    none: () => 'لم يُقارَن تشغيلان',
    other: (d: D) => `قورن ${d['first']} و${d['second']}`,
    'no-folds': (d: D) => `قورن ${d['first']} و${d['second']} على صفوف الاختبار، والطيّات قليلة`,
    seen: (d: D) => `${d['first']} و${d['second']}`,
  },
  'features-made': {
    expected: (d: D) => `سمات مصنوعة: ${[d['columns'], d['kinds'] && `بخطوة ${d['kinds']}`].filter(Boolean).join('، ')}`,
    'expected-back': (d: D) => `نظرة إلى الوراء في ${d['column']} تفصلها ${d['gap']} يومًا على الأقل`,
    'expected-dropped': (d: D) => `أعمدة تستبعدها الوصفة، عددها ${d['count']} على الأقل`,
    none: () => 'لا تصنع الوصفة أي سمة',
    stale: () => 'تغيّرت السمات بعد تهيئة الصفوف؛ هيّئ من جديد',
    back: (d: D) => `النظرة إلى الوراء في ${d['column']} تفصلها ${d['gap']} يومًا`,
    dropped: (d: D) => `الأعمدة المستبعدة: ${d['count']}`,
    seen: (d: D) => `الخطوات ${d['count']}، والمصنوع: ${d['columns']}`,
  },
  'feature-effect': {
    expected: (d: D) => `قياس أثر خطوة${d['kinds'] ? ` (${d['kinds']})` : ''}${d['model'] ? ` مع ${d['model']}` : ''}`,
    'expected-verdict': (d: D) => `أثر مقيس حُكمه «${verdicts[d['verdict']!]}»`,
    none: () => 'لم يُقَس أي أثر',
    seen: (d: D) => `${d['kind']} مع ${d['model']}: الفرق ${d['difference']}، ${verdicts[d['verdict']!]}`,
  },
  'leakage-judged': {
    'expected-leak': (d: D) => `يجد lab leakage ‏${d['leak']} في المهيّأ الآن`,
    'expected-none': () => 'لا يجد lab leakage شيئًا في المهيّأ الآن',
    none: () => 'لم يبحث أحد عن تسرّب',
    old: () => 'كان البحث في تهيئة أقدم',
    clean: () => 'لا تسرّب',
    seen: (d: D) => `وُجد: ${d['leaks']}`,
  },
  'curve-shape': {
    expected: (d: D) => `تشغيل من ${d['epochs']} دورة على الأقل، منحناه ${shapes[d['shape']!]}`,
    none: () => 'لا تشغيل حُجزت فيه صفوف أثناء التدريب',
    runaway: () => 'انفلتت الخسارة إلى ما لا نهاية',
    seen: (d: D) => `منحنى من ${d['epochs']} دورة ${shapes[d['shape']!]}: أدناه ${d['best']} في الدورة ${d['at']}، وآخره ${d['last']}`,
  },
} satisfies typeof english;
