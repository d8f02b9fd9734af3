import type { Hyperparameter } from '../../core/train/model.js';

const NETS: readonly string[] = ['dense-net', 'conv-net', 'coded-net', 'text-embedding'];

/** Whether a kind of model is a net, which learns in epochs. */
export const isNet = (kind: string): boolean => NETS.includes(kind);

/** Values on the form; a list of whole numbers is kept as it was typed. */
export type SettingValues = Readonly<Record<string, number | string>>;

/** What the fields show at first. */
export const defaultsOf = (parameters: readonly Hyperparameter[]): SettingValues =>
  Object.fromEntries(parameters.map(({ name, default: value }) => [name, typeof value === 'object' ? value.join(', ') : value]));

const ARABIC_DIGITS = /[٠-٩۰-۹]/g;

/** Reads `32, 16`, `32x16` or `٣٢، ١٦`; undefined when a part is no whole number within the range. */
export function readWholeNumbers(typed: string, { min = 1, max = Infinity }: Pick<Hyperparameter, 'min' | 'max'> = {}): readonly number[] | undefined {
  const plain = typed.replace(ARABIC_DIGITS, (digit) => String((digit.charCodeAt(0) & 0xf) % 10)).trim();
  const parts = plain.split(/[\s,،;×x]+/).filter((part) => part !== '');
  const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  return numbers.length > 0 && numbers.every((n) => n >= min && n <= max) ? numbers : undefined;
}

/** The `--set` list: `name=value` for each setting that differs from its default; undefined when a value cannot be used. */
export function settingsToSend(parameters: readonly Hyperparameter[], values: SettingValues): readonly string[] | undefined {
  const pairs: string[] = [];
  for (const parameter of parameters) {
    const value = values[parameter.name] ?? '';
    const usual = parameter.default;
    if (parameter.type === 'integers') {
      const numbers = readWholeNumbers(String(value), parameter);
      if (!numbers) return undefined;
      if (numbers.join('x') !== (typeof usual === 'object' ? usual : [usual]).join('x')) pairs.push(`${parameter.name}=${numbers.join('x')}`);
    } else if (value !== usual) pairs.push(`${parameter.name}=${value}`);
  }
  return pairs;
}
