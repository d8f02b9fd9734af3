import type { terminal as english } from './terminal.en.js';

export const terminal = {
  title: 'الطرفية',
  hint: 'يعرض lab help كل ما يمكنك فعله. المفتاح Tab يُكمل، وEsc ثم Tab يغادران الطرفية.',
  leaveNow: 'اضغط Tab الآن لمغادرة الطرفية.',
  stop: 'أوقف الأمر (Ctrl+C)',
  running: (command: string) => `قيد التنفيذ: ${command}`,
  copySelection: 'انسخ النص المحدد',
  copyAll: 'انسخ كل ما هو معروض',
  spokenOn: 'اجعل قارئ الشاشة يقرأ المخرجات',
  spokenOff: 'أوقف قراءة المخرجات لقارئ الشاشة',
  omitted: (characters: string) => `هناك ${characters} محرفًا إضافيًا غير معروض هنا. احفظ المخرجات في ملف باستعمال > للاطلاع عليها.`,
} satisfies typeof english;
