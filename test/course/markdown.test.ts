import { describe, expect, it } from 'vitest';
import { linksOf, renderMarkdown } from '../../src/course/markdown.js';

describe('lesson Markdown', () => {
  it.each([
    ['a term', 'A :term[drift]{id=drift}.', '<button type="button" class="term" data-term="drift">drift</button>'],
    ['a term named by itself', ':term[Training Rows]', 'data-term="training-rows"'],
    ['a command', ':command[lab collect --dataset chicago_ridership]', '<button type="button" class="command" data-command="lab collect --dataset chicago_ridership" dir="ltr">lab collect --dataset chicago_ridership</button>'],
    ['a callout', ':::real\nText\n:::', '<aside class="callout callout-real"><p>Text</p></aside>'],
    ['a table', '| a |\n| --- |\n| 1 |', '<td>1</td>'],
    ['a link inside the lab', '[next](#/lesson/x)', '<a href="#/lesson/x">next</a>'],
    ['prose with a colon', 'models:/x/1 and v2:infer at 12:30', 'models:/x/1 and v2:infer at 12:30'],
    ['prose with brackets after a colon', 'a:note[of one]', 'a:note[of one]'],
  ])('shows %s', (_name, source, html) => {
    expect(renderMarkdown(source)).toContain(html);
  });

  it.each([
    ['a script', '<script>alert(1)</script>', /script/],
    ['an image', '![x](https://e.org/x.png)', /<img|https:/],
    ['raw HTML with a handler', '<b onclick="alert(1)">x</b>', /onclick|<b/],
    ['a frame', '<iframe src="https://e.org"></iframe>', /iframe/],
    ['a script address', '[x](javascript:alert(1))', /javascript/],
    ['a data address', '[x](data:text/html,hi)', /data:/],
    ['plain http', '[x](http://e.org/)', /http:/],
    ['a style', '<style>body{display:none}</style>', /style/],
    ['a form', '<form action="https://e.org"><input name=a></form>', /form|input/],
    ['attributes of a directive', ':term[x]{id=a onclick=alert style=color:red}', /onclick|style/],
    ['a class of its own', ':::real{.modal style="position:fixed"}\nx\n:::', /modal|fixed/],
    ['an unknown container', ':::script\nalert\n:::', /<script/],
    ['markup in a term id', ':term[x]{id="\\"><img src=x>"}', /<img/],
  ])('drops %s', (_name, source, forbidden) => {
    expect(renderMarkdown(source)).not.toMatch(forbidden);
  });

  it('names links, terms and commands for the gate', () => {
    expect(linksOf('[a](#/x) :term[b]{id=c} :command[lab d]\n\n- [e](https://f.org)')).toEqual({ links: ['#/x', 'https://f.org'], terms: ['c'], commands: ['lab d'] });
  });
});
