/** Everyday words that take the place of standard ones: Egyptian, Levantine and Gulf Arabic, and the English of chats. */
export const DIALECT: readonly [english: readonly (readonly [string, readonly string[]])[], arabic: readonly (readonly [string, readonly string[]])[]] = [
  [
    ['I want to', ['I wanna', 'gotta', 'need to']], ['please', ['pls', 'plz']], ['where is', ["where's", 'wheres']], ['cannot', ["can't", 'cant']], ['does not', ["doesn't", 'dont']],
    ['how do I', ['how d’ya', 'any idea how to']], ['my money', ['my cash']], ['my order', ['my stuff']], ['parcel', ['package']], ['arrived', ['came', 'turned up']], ['broken', ['busted', 'smashed']], ['is late', ['is taking ages']], ['password', ['pwd', 'pass']],
  ],
  [
    ['أريد', ['عايز', 'بدي', 'أبغى', 'ودي']], ['لماذا', ['ليه', 'ليش']], ['كيف', ['إزاي', 'شلون', 'كيفاش']], ['أين', ['فين', 'وين']], ['متى', ['إمتى', 'أيمتى']], ['الآن', ['دلوقتي', 'هلق', 'الحين']], ['ماذا', ['إيه', 'شو', 'إيش']],
    ['لا أستطيع', ['مش قادر', 'ما بقدر', 'ما أقدر']], ['لم يصل', ['ما وصلش', 'ما وصل']], ['لا تعمل', ['مش شغالة', 'ما تشتغل']], ['لا يعمل', ['مش شغال', 'ما بيشتغل']], ['هذا ليس', ['ده مش', 'هاد مو']], ['نقودي', ['فلوسي', 'مصاري']], ['المال', ['الفلوس', 'المصاري']], ['هل', ['هو', '']],
    ['مكسورًا', ['مكسور خالص', 'خربان']], ['من فضلكم', ['لو سمحتوا', 'الله يخليكم', 'بليز']], ['التحدث', ['أكلم', 'أحكي']], ['احذفوا', ['امسحولي', 'شيلوا']], ['يوجد', ['فيه', 'في']],
  ],
];

/** What may stand before and behind a request. */
export const OPENINGS: readonly [readonly string[], readonly string[]] = [['Hello, ', 'Hi there, ', 'Good morning, ', 'Hey, '], ['مرحبًا، ', 'السلام عليكم، ', 'صباح الخير، ', 'أهلًا، ']];
export const CLOSINGS: readonly [readonly string[], readonly string[]] = [[' Thank you.', ' Thanks!', ' I am waiting for your answer.', ' Order number #.'], [' شكرًا.', ' شكرًا لكم!', ' أنتظر ردكم.', ' رقم الطلب #.']];

/** Ways in which the same Arabic letters are written. */
export const SPELLINGS: readonly (readonly [RegExp, string])[] = [[/[أإآ]/gu, 'ا'], [/ة(?=\s|$|[.,!،])/gu, 'ه'], [/ى(?=\s|$)/gu, 'ي'], [/[\u064B-\u0652]/gu, '']];
