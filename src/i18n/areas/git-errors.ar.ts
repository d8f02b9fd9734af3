import { listed, text, type ErrorFields } from '../error-data.js';

const list = (d: ErrorFields, name: string): string => listed(d, name, '، ');
const KEPT = 'لم يتغيّر شيء.';
const known = (d: ErrorFields, lead = 'الموجود'): string => (list(d, 'known') === '' ? '' : ` ${lead}: ${list(d, 'known')}.`);

const FINAL: Readonly<Record<string, string>> = {
  time: 'الأيام التي مضت لا تعود، ولا الطلبات التي أُجيبت فيها.',
  tombstone: 'تُسحب النسخة إلى الأبد، وشاهدها هو الدليل. سجّل التشغيل من جديد لتحصل على نسخة جديدة.',
  shared: 'غيّر ما تتشاركه مع غيرك.',
  restart: 'ما كان قبله محفوظ في فرع: يعرضه git branch.',
};

/** Words for what goes wrong with a remote, a review, or an undo. */
export const gitErrors = {
  'undo-nothing': () => `لم يُفعل بعد ما يمكن التراجع عنه. ${KEPT}`,
  'undo-final': (d) => `لا يمكن التراجع عن «${text(d, 'command')}». ${FINAL[text(d, 'reason')] ?? ''} ${KEPT}`,
  'undo-no-record': (d) => `لم يُحفظ ما كان قبل «${text(d, 'command')}»، فلا يمكن التراجع عنه. ${KEPT}`,
  'undo-unfinished': (d) => `لم ينتهِ ${text(d, 'act')} بعد. ${KEPT} أنهِه، أو اتركه بالأمر git ${text(d, 'act')} --abort.`,
  'undo-changed': (d) => `تغيّرت هذه الملفات بعد الفعل، وكان ذلك سيضيع: ${list(d, 'files')}. ${KEPT} أودِع التغييرات أو نحِّها جانبًا أولًا.`,
  'undo-pushed': (d) => `الإيداع ${text(d, 'commit')} موجود في ${text(d, 'remote')}، وربما بنى عليه غيرك. ${KEPT} تراجع عنه علنًا: git revert ${text(d, 'commit')}`,
  'undo-no-move': (d) => `آخر ما فعله git (${text(d, 'message')}) لم ينقل أي إيداع، فلا شيء يُعاد إلى موضعه. ${KEPT}`,
  'undo-moved-on': (d) => `جاء فعل آخر بينهما: ${text(d, 'now')}. ${KEPT} انظر ثانيةً ثم تراجع.`,
  'review-main': () => `تكون المراجعة لفرع غير main. ${KEPT} أنشئ فرعًا بالأمر git switch -c وادفعه.`,
  'review-no-branch': (d) => `ليس في المستودع المشترك فرع باسم ${text(d, 'branch')}. ${KEPT} ادفعه أولًا.${known(d)}`,
  'review-nothing-new': (d) => `ليس في الفرع ${text(d, 'branch')} شيء ينقص main. ${KEPT} أودِع فيه شيئًا ثم ادفع.`,
  'review-unchanged': (d) => `الفرع ${text(d, 'branch')} على حاله منذ الإجابة عن المراجعة ${text(d, 'id')}. ${KEPT} أصلحه وأودِع وادفع أولًا.`,
  'remote-bad-address': (d) => `لا يمكن الوصول إلى ${text(d, 'url')} من هنا. ${KEPT} يكون العنوان lab://name أو https://host/path.`,
  'remote-password-in-address': (d) => `ستُخزَّن كلمة المرور التي في العنوان ${text(d, 'url')}. ${KEPT} احذفها منه، وستُطلب منك.`,
  'remote-missing': (d) => `لا مستودع في ${text(d, 'url')}. ${KEPT} راجع العنوان.`,
  'remote-unreachable': (d) => `لا يجيب ${text(d, 'url')}: ${text(d, 'reason')}. ${KEPT} ربما لم يعد موجودًا، أو لا يسمح لصفحة من أصل آخر أن تسأله.`,
  'remote-login': (d) => `يطلب ${text(d, 'url')} اسمًا وكلمة مرور، ولم يقبل ما أُعطي. ${KEPT} حاول مجددًا.`,
  'remote-forbidden': (d) => `لا يحق لك ذلك في ${text(d, 'url')} ‏(403). ${KEPT} اطلب الإذن أو استعمل حسابًا آخر.`,
  'remote-status': (d) => `أجاب ${text(d, 'url')} بالخطأ ${text(d, 'status')}. ${KEPT} حاول لاحقًا.`,
  'remote-not-git': (d) => `لا يتكلم ${text(d, 'url')} بروتوكول HTTP الذكي الخاص بـgit. ${KEPT} راجع العنوان.`,
  'remote-cut-off': (d) => `انقطعت إجابة ${text(d, 'url')}. ${KEPT} أعد المحاولة.`,
  'remote-moved': (d) => `يحيل ${text(d, 'url')} إلى ${text(d, 'to')}. ${KEPT} استعمل ذلك العنوان.`,
  'remote-says': (d) => `يرفض ${text(d, 'url')}: ${text(d, 'message')}. ${KEPT}`,
  'remote-broken': (d) => `ما أرسله ${text(d, 'url')} غير سليم: ${text(d, 'reason')}. ${KEPT} أعد المحاولة؛ لم يُحفظ منه شيء.`,
} satisfies Record<string, (d: ErrorFields) => string>;
