import type { errors as english } from './errors.en.js';

type Data = Readonly<Record<string, unknown>>;

const list = (names: unknown): string => (Array.isArray(names) ? names.join('، ') : '');

export const errors = {
  unexpected: (d: Data) => `حدث ما لم نتوقعه (${String(d['message'] ?? d['code'])}). آخر حالة محفوظة باقية. حاول مجددًا؛ وإن تكرر فصدّر المشروع أولًا.`,
  'lesson-invalid': (d: Data) => `لا يمكن استعمال الدرس ${String(d['where'])}: ${String(d['issue'])}.`,
  'snapshot-failed': (d: Data) => `توقّف إعداد الدرس عند «${String(d['line'])}» (الحالة ${String(d['status'])}). ما كان لديك محفوظ على فرع؛ حاول ثانية أو تابع بمشروعك.`,
  'unknown-check': (d: Data) => `يطلب الدرس تحقّقًا باسم ${String(d['kind'])} لا يعرفه هذا المختبر.`,
  'csv-empty': (_d: Data) => `الملف فارغ: لا صفوف فيه ولا سطر أسماء. لم يتغير شيء. اختر ملفًا فيه سطر أسماء تليه صفوف.`,
  'csv-no-rows': (d: Data) => `في الملف سطر أسماء (عدد الأعمدة ${String(d['columns'])}) لكن لا صفوف تحته. لم يتغير شيء. أضف صفوفًا أو اختر ملفًا آخر.`,
  'csv-too-many-columns': (d: Data) => `في السطر ${String(d['line'])} أعمدة عددها ${String(d['columns'])}، والحد الأقصى ${String(d['limit'])}. لم يتغير شيء. أبقِ الأعمدة التي تحتاجها، أو تأكد من أن الصفوف والأعمدة لم تتبادل مواضعها.`,
  'csv-unclosed-quote': (d: Data) => `علامة اقتباس تُفتح في السطر ${String(d['line'])} ولا تُغلق، فيصير كل ما بعدها خلية واحدة. لم يتغير شيء. أغلق العلامة هناك، أو ضاعفها إن كانت جزءًا من النص.`,
  'csv-cell-too-long': (d: Data) => `في السطر ${String(d['line'])} خلية أطول من ${String(d['limit'])} بايت. لم يتغير شيء. تأكد من أن الأسطر تنتهي حيث ينبغي.`,
  'csv-binary': (d: Data) => `هذا ليس ملفًا نصيًا (${d['kind'] === 'unknown' ? `بايت صفري في الموضع ${String(d['offset'])}` : `يبدو أنه ${String(d['kind'])}`}). لم يتغير شيء. صدّر الجدول بصيغة CSV ثم اختره.`,
  'csv-too-large': (d: Data) => `الملف أكبر من ${String(d['limit'])} بايت. لم يتغير شيء. خذ جزءًا من صفوفه أو أعمدته.`,
  'unknown-column': (d: Data) => `لا يوجد عمود باسم «${String(d['column'])}». الأعمدة المعروفة: ${list(d['known'])}.`,
  'wrong-length': (d: Data) => `في العمود «${String(d['column'])}» صفوف عددها ${String(d['rows'])}، وفي الجدول ${String(d['expected'])}.`,
  'columns-differ': (d: Data) => `العمود «${String(d['column'])}» من نوع ${String(d['first'])} في جدول ومن نوع ${String(d['second'])} في الآخر، فلا يمكن جمع الصفوف.`,
  'split-empty': (d: Data) => `لا يترك هذا التقسيم أي صف ${d['part'] === 'train' ? 'للتدريب' : 'للاختبار'}. غيّر التاريخ أو النسبة.`,
  'split-needs-time': (d: Data) => d['column'] === undefined ? 'التقسيم بالزمن يحتاج إلى عمود زمن. سمِّه بالخيار --time، أو قسّم عشوائيًا.' : `لا أزمنة في العمود «${String(d['column'])}»، فلا يمكن تقسيم الصفوف به.`,
  'split-needs-classes': (d: Data) => `قيم «${String(d['column'])}» تكاد تكون بعدد الصفوف، فلا أصناف تُحفظ نسبها. قسّم عشوائيًا أو بالزمن.`,
  'bad-date': (d: Data) => `«${String(d['value'])}» ليس تاريخًا. اكتبه بالصيغة YYYY-MM-DD، مثل 2004-01-01.`,
  'bad-share': (d: Data) => `يجب أن تقع نسبة صفوف الاختبار بين 0 و1 دون أن تساوي أيًّا منهما؛ و${String(d['share'])} ليست كذلك.`,
  'target-missing': (d: Data) => `لا يوجد عمود باسم «${String(d['column'])}» للتنبؤ به. الأعمدة المعروفة: ${list(d['known'])}.`,
  'target-is-date': (d: Data) => `العمود «${String(d['column'])}» تواريخ ولا يمكن التنبؤ به. اختر عمود أرقام أو أصناف.`,
  'no-rows': (d: Data) => d['column'] === undefined ? 'لا صفوف للتعلم منها.' : `ليس في صفوف التدريب قيمة واحدة للعمود «${String(d['column'])}»، فلا شيء يُتعلم منه. اختر هدفًا آخر أو تقسيمًا آخر.`,
  'no-features': (d: Data) => `لم يبقَ عمود للتنبؤ منه بقيمة «${String(d['target'])}». استبعد أعمدة أقل.`,
  'one-class': (d: Data) => d['value'] === undefined ? 'كل صفوف التدريب من صنف واحد، فلا شيء يُميَّز. اختر هدفًا آخر أو تقسيمًا آخر.' : `في كل صفوف التدريب ${String(d['column'])} = ${String(d['value'])}، فلا شيء يُميَّز. اختر هدفًا آخر أو تقسيمًا آخر.`,
  'too-many-classes': (d: Data) => `في «${String(d['column'])}» أصناف عددها ${String(d['classes'])}، والحد الأقصى ${String(d['limit'])}. أهو اسم للصف أم رقم له؟`,
} satisfies typeof english;
