import type { trustChecks as english } from './trust-checks.en.js';

type D = Readonly<Record<string, string>>;
const folds: Readonly<Record<string, string>> = { 'k-fold': 'طيّات عشوائية', stratified: 'طيّات طبقية', group: 'طيّات بالمجموعات', time: 'طيّات زمنية' };
const ways: Readonly<Record<string, string>> = { threshold: 'بالعتبات', reweigh: 'بإعادة الوزن' };

export const trustChecks = {
  'cross-validated': {
    expected: (d: D) => `تحقق متقاطع ${d['split'] ? `بـ${folds[d['split']]}` : 'بطيّات'}${d['column'] ? ` بحسب ${d['column']}` : ''}، عددها ${d['folds']} على الأقل${d['gap'] ? `، بفجوة من ${d['gap']} صفًّا أو أكثر` : ''}، لتشغيل على الصفوف كما هي مهيّأة الآن`,
    none: () => 'لا تحقق متقاطع بعد',
    stale: () => 'أحدث تحقق متقاطع لصفوف هُيّئت بطريقة أخرى',
    seen: (d: D) => `${d['run']}: ‏${folds[d['split']!] ?? d['split']}، عددها ${d['folds']}${d['gap'] ? `، والفجوة ${d['gap']}` : ''}`,
  },
  'folds-compared': {
    expected: (d: D) => `مقارنة تشغيلين مختلفين على طيّات مشتركة عددها ${d['folds']} على الأقل${d['models'] ? `: ${d['models']}` : ''}`,
    none: () => 'لم يُقارَن أيّ تشغيلين بعد',
    stale: () => 'أحدث مقارنة لصفوف هُيّئت بطريقة أخرى',
    'no-folds': () => 'جرت المقارنة على صفوف الاختبار وحدها لا على الطيّات',
    same: (d: D) => `التشغيلان كلاهما ${d['model']} نفسه`,
    other: (d: D) => `قورن ${d['models']}`,
    seen: (d: D) => `${d['models']} على ${d['folds']} طيّات، و p هي ${d['p']}`,
  },
  'fairness-judged': {
    expected: (d: D) => `قياس تشغيل على مجموعات ${d['by']}${d['chosen'] ? ` (المختار: ${d['chosen']})` : ''}${d['without'] ? `، دون المُدخل ${d['without']}` : ''}${d['from'] ? `، وفيه المُدخل ${d['from']}` : ''}${d['threshold'] ? `، بعتبة لا تزيد على ${d['threshold']}` : ''}`,
    'expected-mitigated': (d: D) => `تخفيف ${ways[d['way']!]}${d['criterion'] ? ` (${d['criterion']})` : ''} لمجموعات ${d['by']} مع ثمنه`,
    none: () => 'لم يُقَس أيّ تشغيل على مجموعات بعد',
    stale: () => 'أحدث تقرير لصفوف هُيّئت بطريقة أخرى',
    groups: (d: D) => `المجموعات بحسب ${d['by']}`,
    chosen: (d: D) => `المختار هو ${d['chosen']}`,
    kept: (d: D) => `ما زال ${d['columns']} بين المدخلات`,
    dropped: (d: D) => `ليس ${d['columns']} بين المدخلات`,
    threshold: (d: D) => `حُكم على التشغيل بالعتبة ${d['threshold']}`,
    'not-mitigated': (d: D): string => (d['way'] ? `تخفيف ${ways[d['way']]}${d['criterion'] ? ` (${d['criterion']})` : ''}` : 'لم يُجرَّب أيّ تخفيف'),
    seen: (d: D) => `${d['run']}: فرق التكافؤ الديموغرافي ${d['parity']}، وفرق تساوي الفرص والأخطاء ${d['odds']}`,
  },
  explained: {
    expected: (d: D) => `تفسير صف اختبار واحد${d['models'] ? ` لنموذج ${d['models']}` : ''}${d['without'] ? `، دون المُدخل ${d['without']}` : ''}${d['from'] ? `، وفيه المُدخل ${d['from']}` : ''}`,
    'expected-at-least': (d: D) => `تفسير صف اختبار${d['models'] ? ` لنموذج ${d['models']}` : ''} احتماله ${d['bound']} على الأقل`,
    'expected-fixed': (d: D) => `تفسير صف${d['bound'] ? ` احتماله ${d['bound']} على الأقل` : ''}${d['most'] ? ` احتماله ${d['most']} على الأكثر` : ''}، وإيجاد نتيجة أخرى لا تمسّ ${d['columns']}`,
    'expected-picture': () => 'تفسير صورة من صفوف الاختبار',
    none: () => 'لم يُفسَّر شيء بعد',
    stale: () => 'أحدث تفسير لصفوف هُيّئت بطريقة أخرى',
    model: (d: D) => `فُسّر تشغيل لنموذج ${d['model']}`,
    low: (d: D) => `الصف ${d['row']}: الاحتمال ${d['value']}`,
    high: (d: D) => `الصف ${d['row']}: الاحتمال ${d['value']}`,
    free: (d: D) => `ما زال تغيير ${d['columns']} مسموحًا`,
    'not-turned': () => 'لم توجد نتيجة أخرى',
    kept: (d: D) => `ما زال ${d['columns']} بين المدخلات`,
    dropped: (d: D) => `ليس ${d['columns']} بين المدخلات`,
    'no-picture': () => 'الصف الذي فُسّر ليس صورة',
    seen: (d: D) => `${d['run']}، الصف ${d['row']}: ‏${d['value']}`,
  },
} satisfies typeof english;
