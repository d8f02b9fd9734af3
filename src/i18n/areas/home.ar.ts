import type { home as english } from './home.en.js';

export const home = {
  title: 'أبقِ النموذج حيًّا، ولا تكتفِ بتدريبه.',
  sentence: 'مختبر لتعلّم MLOps: خذ بيانات حقيقية في دورة كاملة حول حياة النموذج، هنا في متصفحك، بلا تثبيت ولا إرسال أي شيء إلى الخارج.',
  startFirst: 'ابدأ الدرس الأول',
  goOn: 'تابع من حيث توقفت',
  goOnAt: (stage: string) => `تابع مع مرحلة ${stage}`,
  firstLessonHint: 'عشر دقائق: توقّع ما يحدث لنموذج لا يراقبه أحد، ثم راقبه.',
  ringLabel: 'مشروعك في الحلقة',
  world: 'التاريخ في عالمك',
  worldNone: 'مشروعك جديد. ابدأ من أي مكان؛ تمتلئ الحلقة كلما عملت.',
  next: 'التالي',
  allRound: 'دورة كاملة. والحلقة مستمرة.',
  attention: 'شيء ما يحتاج إليك',
  ownData: 'أحضر ملف CSV الخاص بك',
  dataSets: 'شاهد مجموعات البيانات',
  allLessons: 'كل الدروس',
  lessonsTitle: 'الدروس الأولى',
  lessons: {
    'why-mlops': { name: 'لماذا MLOps', text: 'توقّع ما يحدث لنموذج لا يراقبه أحد، ثم راقبه.' },
    'once-around-the-loop': { name: 'دورة كاملة حول الحلقة', text: 'خذ مجموعة بيانات حقيقية عبر المراحل الثماني كلها.' },
    'devops-and-mlops': { name: 'DevOps وMLOps', text: 'رتّب الحلقتين واكتشف الجديد.' },
  },
  legend: 'الحالات',
} satisfies typeof english;
