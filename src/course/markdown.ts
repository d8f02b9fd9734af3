import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const CALLOUTS = ['note', 'careful', 'real'];

/** What `:term`, `:command` and the callouts need of a node of the Markdown tree. */
interface MarkdownNode {
  type: string;
  name?: string;
  value?: string;
  url?: string;
  attributes?: Record<string, string | null | undefined> | null;
  children?: MarkdownNode[];
  data?: { hName?: string; hProperties?: Record<string, string | string[]> };
}

const plainText = (node: MarkdownNode): string => node.value ?? (node.children ?? []).map(plainText).join('');
const slug = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, '-');

function shapeDirective(node: MarkdownNode): void {
  const label = plainText(node);
  if (node.type === 'textDirective' && node.name === 'term') {
    node.data = { hName: 'button', hProperties: { type: 'button', className: ['term'], dataTerm: node.attributes?.['id'] ?? slug(label) } };
  } else if (node.type === 'textDirective' && node.name === 'command') {
    node.data = { hName: 'button', hProperties: { type: 'button', className: ['command'], dataCommand: label, dir: 'ltr' } };
  } else if (node.type === 'containerDirective' && CALLOUTS.includes(node.name ?? '')) {
    node.data = { hName: 'aside', hProperties: { className: ['callout', `callout-${node.name}`] } };
  } else if (node.type === 'textDirective') {
    // Prose such as `v2:infer` is no directive: give the words back as they were.
    const inner = (node.children ?? []).length > 0 ? `[${label}]` : '';
    Object.assign(node, { type: 'text', value: `:${node.name ?? ''}${inner}`, children: undefined });
  }
}

function walk(node: MarkdownNode): void {
  if (node.type.endsWith('Directive')) shapeDirective(node);
  node.children?.forEach(walk);
}

const safe = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []).filter((tag) => !['img', 'input', 'picture', 'source'].includes(tag)), 'aside', 'button'],
  attributes: {
    ...defaultSchema.attributes,
    button: [['type', 'button'], ['className', 'term', 'command'], 'dataTerm', 'dataCommand', ['dir', 'ltr']] as [string, ...string[]][] & string[],
    aside: [['className', 'callout', ...CALLOUTS.map((name) => `callout-${name}`)]] as [string, ...string[]][],
  },
  protocols: { ...defaultSchema.protocols, href: ['https'] },
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkDirective)
  .use(() => (tree) => walk(tree as MarkdownNode))
  .use(remarkRehype)
  .use(rehypeSanitize, safe)
  .use(rehypeStringify);

/** Gives lesson Markdown as HTML without scripts, styles, images or foreign schemes; safe for `{@html}`. */
export const renderMarkdown = (source: string): string => String(processor.processSync(source));

/** Targets of the links, ids of the glossary terms and commands in a text, for the gate. */
export function linksOf(source: string): { readonly links: readonly string[]; readonly terms: readonly string[]; readonly commands: readonly string[] } {
  const tree = processor.parse(source) as MarkdownNode;
  const found = { links: [] as string[], terms: [] as string[], commands: [] as string[] };
  const visit = (node: MarkdownNode): void => {
    if (node.url !== undefined) found.links.push(node.url);
    if (node.type.endsWith('Directive')) shapeDirective(node);
    const properties = node.data?.hProperties ?? {};
    if (typeof properties['dataTerm'] === 'string') found.terms.push(properties['dataTerm']);
    if (typeof properties['dataCommand'] === 'string') found.commands.push(properties['dataCommand']);
    node.children?.forEach(visit);
  };
  visit(tree);
  return found;
}
