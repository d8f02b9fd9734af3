import { arPlural } from '../plural.js';
import type { tuning as English } from './tuning.en.js';

export const tuning: typeof English = {
  title: 'ابحث عن إعدادات جيدة',
  lead: 'كل محاولة تشغيل قائم بذاته يُحكم عليه بطيات من صفوف التدريب. يمكنك التوقف متى شئت والمتابعة لاحقًا، حتى بعد إعادة التحميل.',
  space: 'ما يُبحث فيه',
  spaceHint: 'name=low..high، مع ‎:log حين يهم المقدار، أو name=a|b؛ وتفصل الفواصل بينها',
  method: 'كيف',
  methods: { tpe: 'TPE: قرب ما كان جيدًا', random: 'بالمصادفة', grid: 'شبكة: كل التركيبات', halving: 'تنصيف: صفوف أكثر للثلث الأفضل', hyperband: 'Hyperband: تنصيف بسرعات عدة' },
  trials: 'المحاولات',
  name: 'اسم البحث',
  start: (trials) => arPlural(trials, { one: 'حاول مرة واحدة', two: 'حاول مرتين', few: 'حاول # مرات', many: 'حاول # مرة', other: 'حاول # مرة' }),
  pause: 'توقف بعد هذه المحاولة',
  pausing: 'يتوقف بعد هذه المحاولة',
  board: (name) => `محاولات ${name}`,
  trial: 'المحاولة',
  score: (metric) => `${metric}، متوسط الطيات`,
  rows: 'الصفوف',
  settings: 'الإعدادات',
  took: 'استغرقت',
  best: 'الأفضل حتى الآن',
  other: 'محاولة',
  failed: (code) => `أخفقت: ${code}`,
  sentence: (name, metric, score, settings, trials) => arPlural(trials, { one: `محاولة واحدة في ${name}: ${metric} ${score} مع ${settings}.`, two: `أفضل محاولتين في ${name}: ${metric} ${score} مع ${settings}.`, few: `أفضل # محاولات في ${name}: ${metric} ${score} مع ${settings}.`, many: `أفضل # محاولة في ${name}: ${metric} ${score} مع ${settings}.`, other: `أفضل # محاولة في ${name}: ${metric} ${score} مع ${settings}.` }),
  noneWorked: 'لم تنجح محاولة بعد.',
  judge: 'احكم على الأفضل بصفوف الاختبار',
  luck: 'أفضل محاولة من كثير محظوظة بعض الشيء. وصفوف الاختبار، إذا نُظر إليها مرة واحدة، تقول كم هي جيدة.',
};
