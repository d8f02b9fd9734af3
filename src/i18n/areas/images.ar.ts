import { arPlural } from '../plural.js';
import type { images as english } from './images.en.js';

export const images: typeof english = {
  title: 'الصور',
  lead: (side, last) => `كل صف صورة من ${side} × ${side} بكسل. وتحمل الأعمدة من p0 إلى ${last} درجات الرمادي فيها، صفًّا بعد صف من الأعلى؛ ولا تُذكر في القائمة أدناه.`,
  caption: (row, label) => `${row}: ${label}`,
  alt: (row, label, side) => `الصف ${row}، صورة من ${side} × ${side} بكسل، تسميتها ${label}`,
  judgedAlt: (row, given, said) => `الصف ${row}: تقول البيانات ${given}، ويقول النموذج ${said}`,
  judged: (given, said) => `هي ${given}، وقال ${said}`,
  earlier: 'صفوف سابقة',
  later: 'صفوف تالية',
  shown: (from, to, total) => `الصفوف من ${from} إلى ${to} من ${total}`,
  choose: 'صورة تسأل عنها',
  chooseRow: (row) => `اسأل عن صورة الصف ${row}`,
  numbers: 'الأعداد وراء الصور',
  pixelsUsed: (n) => arPlural(n, { one: 'بكسل واحد مُدخَل.', two: 'بكسلان مُدخَلان.', few: 'البكسلات الـ# كلها مُدخَلات.', many: 'البكسلات الـ# كلها مُدخَلات.', other: 'البكسلات الـ# كلها مُدخَلات.' }),
  why: (row) => `أين نظر في صف الاختبار ${row}`,
  asSeen: 'الصورة',
  heat: 'ما يضيفه كل بكسل',
  heatAlt: (row, output, raises, lowers) => `خريطة حرارية لصف الاختبار ${row}: ${raises} من البكسلات ترفع ${output}، و${lowers} تخفضه`,
  raises: 'يرفعه',
  lowers: 'يخفضه',
  methods: {
    'integrated-gradients': 'وُجدت بالتدرجات المتكاملة: مجموع حصص البكسلات كلها هو الفرق بين صورة فارغة وهذه الصورة.',
    occlusion: 'وُجدت بتغطية 3 × 3 بكسلات كل مرة: حصة البكسل ما يُفقد من دونه ومن دون جيرانه.',
  },
  sentence: (output, predicted, base, given) => `${output}: ‏${predicted}، ولصورة فارغة ${base}. وتقول البيانات ${given}.`,
  table: 'البكسلات الأكثر أثرًا',
  pixelRow: 'الصف',
  pixelColumn: 'العمود',
  grey: 'درجة الرمادي',
  share: 'الحصة',
};
