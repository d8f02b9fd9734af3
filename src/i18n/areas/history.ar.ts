import { arPlural } from '../plural.js';
import type { history as english } from './history.en.js';

export const history = {
  title: 'السجل',
  lead: 'كل ما فعلته، الأحدث أولًا: ما نُفّذ، ومن نفّذه، والإيداع الذي يحفظ ملفاته. يربط السجل كل خطوة بما قبلها، فلا يتغير شيء خفية.',
  show: 'ما الذي يُعرض',
  all: 'الكل',
  steps: 'الخطوات',
  commits: 'الإيداعات',
  step: (seq: number) => `الخطوة ${seq}`,
  commit: 'الإيداع',
  tag: 'الوسم',
  actors: { learner: 'أنت', monitor: 'المراقِب' },
  wholeTitle: 'السلسلة سليمة',
  wholeText: (n: number) =>
    arPlural(n, {
      one: 'خطوة واحدة أُعيد حساب بصمتها الآن. الرأس:',
      two: 'خطوتان أُعيد حساب بصمتيهما الآن. الرأس:',
      few: '# خطوات أُعيد حساب بصماتها الآن. الرأس:',
      many: '# خطوة أُعيد حساب بصماتها الآن. الرأس:',
      other: '# خطوة أُعيد حساب بصماتها الآن. الرأس:',
    }),
  brokenTitle: 'السلسلة مكسورة',
  brokenText: (seq: number) => `غُيّر السجل خارج المختبر: لا يوثق به من الخطوة ${seq} فصاعدًا. الإيداعات معروضة أدناه؛ استعِد الملف .lab/journal.jsonl من أحدها.`,
  unreadable: 'تعذّرت قراءة السجل.',
  emptyTitle: 'هنا ستظهر خطواتك',
  emptyText: 'كل ما تفعله في المختبر يترك خطوة وإيداعًا.',
  emptyAct: 'اخطُ الخطوة الأولى: اجمع البيانات',
  older: (n: number) => arPlural(n, { one: 'اعرض مدخلًا أقدم', two: 'اعرض مدخلين أقدم', few: 'اعرض # مدخلات أقدم', many: 'اعرض # مدخلًا أقدم', other: 'اعرض # مدخل أقدم' }),
} satisfies typeof english;
