import { listed, text, type ErrorFields } from '../error-data.js';
import { arPlural } from '../plural.js';
import type { score as english, scoreErrors as englishErrors } from './score.en.js';

const KEPT = 'لم يتغيّر شيء.';
const paths = (d: ErrorFields): string => listed(d, 'paths', '، ');

export const scoreErrors: typeof englishErrors = {
  'verify-no-target': (d) => `لا يقول ${text(d, 'path') || 'params.yaml'} ما الذي يُتنبَّأ به، أو ليس في البيانات عمود كهذا. ${KEPT} اكتب خط الأنابيب الأوّلي أو حضّر البيانات.`,
  'verify-too-few': (d) => `لم يمكن حجب سوى ${text(d, 'rows') || 'قليل'} من الصفوف، وأقل من ${text(d, 'fewest')} لا يثبت شيئًا. ${KEPT} اجمع صفوفًا أكثر أو احجب نسبة أكبر.`,
  'verify-no-data': (d) => `لا تقرأ أي مرحلة ${text(d, 'path')}، فلا يمكن حجب صف عن الشيفرة. ${KEPT} اذكره تحت deps في dvc.yaml.`,
  'verify-leak': (d) => `${text(d, 'rows') || 'بعض'} من ${text(d, 'tried') || 'كل'} الصفوف المحجوبة موجود في ${text(d, 'path')} حيث تقدر الشيفرة على قراءته. ${KEPT} مصدر البيانات data/raw.csv وحده؛ أزل النسخة.`,
  'verify-no-model': () => `لا تترك أي مرحلة نموذجًا ووصفة بصيغة المختبر، ولا يوجد src/predict.ts يصدّر predict(table, rows). ${KEPT} يحتاج المختبر إلى أحدهما ليسأل عن الصفوف التي حجبها.`,
  'verify-bad-answer': (d) => `لم تلقَ الصفوف المحجوبة جوابًا يُعتدّ به: ${text(d, 'reason')}. يبقى الادعاء بلا برهان. ${KEPT}`,
  'verify-no-claim': (d) => `لا توجد مقاييس يُتحقَّق منها${paths(d) === '' ? '' : ` في ${paths(d)}`}. ${KEPT} شغّل خط الأنابيب أولًا، وسمِّ المقاييس كما يسميها المختبر، مثل rmse أو accuracy.`,
};

export const score: typeof english = {
  title: 'هل النتيجة صحيحة؟',
  lead: 'تستطيع الشيفرة أن تكتب أي عدد. هنا يحجب المختبر صفوفًا، ويشغّل مراحلك من دونها، ويطلب التنبؤ بها بلا جواب، ثم يحسب النتيجة بنفسه.',
  act: 'تحقّق من النتيجة المدّعاة',
  again: 'تحقّق من جديد',
  stale: 'تغيّرت النتائج بعد هذا التحقّق. تحقّق من جديد.',
  first: 'شغّل خط الأنابيب أولًا، فهو يكتب النتائج التي يُتحقَّق منها.',
  sentence: (metric, claimed, found, rows) => `${metric}: المدّعى ${claimed}، والمحسوب ${found} على ${arPlural(rows, { one: 'صف واحد لم تره الشيفرة', two: 'صفين لم ترهما الشيفرة', few: '# صفوف لم ترها الشيفرة', many: '# صفًّا لم تره الشيفرة', other: '# صف لم تره الشيفرة' })} قط.`,
  noNumber: 'ليس عددًا',
  holds: 'الادعاء صحيح.',
  refuted: 'الادعاء غير صحيح.',
  modest: 'النموذج أفضل مما ادُّعي.',
  unmoved: 'لم يتحرك العدد أبدًا حين تغيّرت البيانات، والنتيجة المحسوبة تتحرك.',
  table: 'النتائج المدّعاة والمحسوبة',
  metric: 'المقياس',
  claimed: 'المدّعى',
  withoutRows: 'المدّعى من دون تلك الصفوف',
  found: 'المحسوب',
  range: 'مجال 99 %',
  verdict: 'الحكم',
  verdicts: { holds: 'صحيح', 'too-good': 'أفضل من الحقيقة', modest: 'متواضع', 'no-number': 'ليس عددًا' },
  by: { model: 'تنبّأ المختبر بالنموذج الذي كتبته المراحل.', code: 'أجابت دالة predict التي كتبها المتعلّم.' },
};
