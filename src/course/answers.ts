import type { ExplainStep, OrderStep } from './schema.js';

/** Whether an answer is right, and which known mistake it makes when it is not. */
export interface AnswerVerdict {
  readonly right: boolean;
  readonly wrong?: string;
}

/** Judges a choice of reason; every wrong option is its own mistake. */
export const judgeReason = (step: ExplainStep, option: string): AnswerVerdict => (option === step.answer ? { right: true } : { right: false, wrong: option });

/** Judges an order; in a loop any rotation of the answer is right. The first known mistake that the order makes is named. */
export function judgeOrder(step: OrderStep, order: readonly string[]): AnswerVerdict {
  const turned = step.cyclic ? rotateTo(order, step.answer[0]!) : order;
  if (turned.length === step.answer.length && turned.every((item, i) => item === step.answer[i])) return { right: true };
  const wrong = step.wrong.find(({ before: [first, second] }) => turned.includes(first) && turned.indexOf(first) < turned.indexOf(second));
  return wrong ? { right: false, wrong: wrong.id } : { right: false };
}

/** How many neighbours stand as in the answer; tells a learner how near an order is. */
export const pairsInPlace = (step: OrderStep, order: readonly string[]): number =>
  order.slice(1).filter((item, i) => step.answer.indexOf(item) === step.answer.indexOf(order[i]!) + 1).length;

const rotateTo = (order: readonly string[], first: string): readonly string[] => {
  const at = Math.max(0, order.indexOf(first));
  return [...order.slice(at), ...order.slice(0, at)];
};
