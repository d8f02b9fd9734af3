import type { errors as english } from './errors.en.js';

type Data = Readonly<Record<string, unknown>>;

export const errors = {
  unexpected: (d: Data) => `حدث ما لم نتوقعه (${String(d['message'] ?? d['code'])}). آخر حالة محفوظة باقية. حاول مجددًا؛ وإن تكرر فصدّر المشروع أولًا.`,
} satisfies typeof english;
