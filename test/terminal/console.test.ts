import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { Console, type ConsolePorts } from '../../src/panels/terminal/console.js';
import { OutputSanitiser } from '../../src/panels/terminal/sanitise-output.js';
import { VirtualScreen } from './virtual-screen.js';

type Run = ConsolePorts['run'];
const PROMPT = 'learner@looplab:~/project (main) $';
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const offer: ConsolePorts['complete'] = async (line) => (line === 'gi' ? { from: 0, words: ['git'] } : { from: 0, words: ['alpha', 'beta'] });

function open(run: Run = async () => ({ status: 0, folder: '/home/learner/project' }), cols = 80, complete = offer) {
  const screen = new VirtualScreen(cols);
  const lines: string[] = [];
  const calls = { closed: 0, running: [] as (string | undefined)[] };
  const dialogue = new Console(
    screen,
    {
      run: (line, options) => {
        lines.push(line);
        return run(line, options);
      },
      complete,
      branch: () => 'main',
      formatError: (e) => `words for ${e.code}`,
      formatOmitted: (n) => `${n} more`,
      onRunning: (line) => void calls.running.push(line),
      onClose: () => void calls.closed++,
    },
    undefined,
    ['older'],
  );
  return { screen, dialogue, lines, calls };
}

const printing = (text: string, status = 0): Run => async (_line, { onOutput }) => {
  onOutput(text);
  return { status, folder: '/home/learner/project' };
};

describe('the console', () => {
  it('prompts, runs, prints and prompts again', async () => {
    const { screen, dialogue, lines, calls } = open(printing('a\nb\n'));
    dialogue.receive('ls\r');
    await rest();
    expect(lines).toEqual(['ls']);
    expect(screen.text()).toBe(`${PROMPT} ls\na\nb\n${PROMPT}`);
    expect(calls.running).toEqual(['ls', undefined]);
  });

  it('lets a running command ask for lines where its output ended', async () => {
    const got: (string | undefined)[] = [];
    const { screen, dialogue, lines } = open(async (_line, { onOutput, onAsk }) => {
      for (const question of ['(1/3)? ', '(2/3)? ', '(3/3)? ']) {
        onOutput(question);
        got.push(await onAsk());
      }
      onOutput('done\n');
      return { status: 0, folder: '/home/learner/project' };
    });
    dialogue.receive('git add -p\ry\r');
    await rest();
    dialogue.receive('nno\x7f\x7f\x1b[A\t\r');
    await rest();
    expect(got).toEqual(['y', 'n']);
    dialogue.receive('\x04');
    await rest();
    expect(got).toEqual(['y', 'n', undefined]);
    expect(screen.text()).toBe(`${PROMPT} git add -p\n(1/3)? y\n(2/3)? n\n(3/3)?\ndone\n${PROMPT}`);
    // answers are no lines of the history
    dialogue.receive('\x1b[A\r');
    await rest();
    expect(lines).toEqual(['git add -p', 'git add -p']);
  });

  it('stops a command that asks', async () => {
    const { screen, dialogue } = open(async (_line, { onOutput, onAsk, signal }) => {
      onOutput('well? ');
      const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new LabError('cancelled'))));
      await Promise.race([onAsk(), stopped]);
      return { status: 0, folder: '/home/learner/project' };
    });
    dialogue.receive('git add -p\r');
    await rest();
    dialogue.receive('ab\x03');
    await rest();
    dialogue.receive('ls\r');
    await rest();
    expect(screen.text().split('\n').slice(0, 2)).toEqual([`${PROMPT} git add -p`, 'well? ab^C']);
  });

  it.each([
    ['output without a line end', printing('x'), `${PROMPT} c\nx\n${PROMPT}`],
    ['no output', printing(''), `${PROMPT} c\n${PROMPT}`],
    ['a failure', async () => Promise.reject(new LabError('engine-lost')), `${PROMPT} c\nwords for engine-lost\n${PROMPT}`],
    ['hostile output', printing('\x1b]0;title\x07a\x1b[2Jb\x1b[31mc\x1b[0m\x07\n'), `${PROMPT} c\nabc\u2407\n${PROMPT}`],
  ] as [string, Run, string][])('ends the row after %s', async (_name, run, want) => {
    const { screen, dialogue } = open(run);
    dialogue.receive('c\r');
    await rest();
    expect(screen.text()).toBe(want);
  });

  it('bounds what it shows', async () => {
    const { screen, dialogue } = open(async (_line, { onOutput }) => {
      for (let i = 0; i < 30; i++) onOutput('x'.repeat(99_999) + '\n');
      return { status: 0, folder: '/home/learner/project' };
    });
    dialogue.receive('c\r');
    await rest();
    expect(screen.written.length).toBeLessThan(1_010_000);
    expect(screen.text()).toContain('2000000 more');
  });

  it('stops a command with Ctrl-C and keeps what was typed meanwhile', async () => {
    let stopped = false;
    const { dialogue, lines, screen } = open((line, { signal }) =>
      line === 'slow' ? new Promise((_, reject) => signal.addEventListener('abort', () => { stopped = true; reject(new LabError('cancelled')); })) : Promise.resolve({ status: 0, folder: '/tmp' }),
    );
    dialogue.receive('slow\r');
    dialogue.receive('lost');
    dialogue.receive('\x03');
    dialogue.receive('next\r');
    await rest();
    await rest();
    expect(stopped).toBe(true);
    expect(lines).toEqual(['slow', 'next']);
    expect(screen.text()).toBe(`${PROMPT} slow\n^C\n${PROMPT} next\nlearner@looplab:/tmp (main) $`);
  });

  it('completes, and lists when there is a choice', async () => {
    const { dialogue, screen, lines } = open();
    dialogue.receive('gi\t');
    await rest();
    dialogue.receive('st\r');
    await rest();
    expect(lines).toEqual(['git st']);
    dialogue.receive('\t');
    await rest();
    expect(screen.text().endsWith(`${PROMPT}\nalpha  beta\n${PROMPT}`)).toBe(true);
  });

  it('holds the keys that follow a Tab until the completion is there, and no longer than a second', async () => {
    const { dialogue, lines } = open();
    dialogue.receive('gi\t st\r');
    await rest();
    expect(lines).toEqual(['git  st']);
    const slow = open(undefined, undefined, () => new Promise<never>(() => undefined));
    slow.dialogue.receive('gi\tx\r');
    await rest();
    expect(slow.lines).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(slow.lines).toEqual(['gix']);
    slow.dialogue.receive('gi\tlost\x03kept\r');
    await rest();
    expect(slow.lines).toEqual(['gix', 'kept']);
  });

  it('abandons a line with Ctrl-C, clears with Ctrl-L, closes with Ctrl-D', () => {
    const { dialogue, screen, calls, lines } = open();
    dialogue.receive('half\x03');
    expect(screen.text()).toBe(`${PROMPT} half\n${PROMPT}`);
    dialogue.receive('kept\x0c');
    expect(screen.text()).toBe(`${PROMPT} kept`);
    dialogue.receive('\x15\x04');
    expect(calls.closed).toBe(1);
    expect(lines).toEqual([]);
  });

  it('runs pasted lines as one script, only when asked', async () => {
    const { dialogue, lines, screen } = open(undefined, 60);
    dialogue.receive('\x1b[200~for i in 1 2\ndo echo $i\ndone\n\x1b[201~');
    expect(lines).toEqual([]);
    expect(screen.text()).toBe(`${PROMPT} for i in 1 2\n> do echo $i\n> done`);
    dialogue.receive('\r');
    await rest();
    expect(lines).toEqual(['for i in 1 2\ndo echo $i\ndone']);
  });

  it('shows a search', () => {
    const { dialogue, screen } = open();
    dialogue.receive('\x12old');
    expect(screen.text()).toBe("(reverse-i-search)`old': older");
    dialogue.receive('\x1b');
    expect(screen.text()).toBe(PROMPT);
  });
});

describe('drawing', () => {
  const SAMPLES = ['', 'abc', 'x'.repeat(5), 'x'.repeat(100), '你好'.repeat(12), 'a你'.repeat(9), 'é́'.repeat(30), 'line\nline two that is long\n', 'مرحبا '.repeat(6), '🎉'.repeat(20), `${'y'.repeat(6)}\nz`];
  const WIDTHS = [20, 36, 37, 40, 41, 80];

  it.each(WIDTHS.flatMap((w) => SAMPLES.map((s) => [w, s] as const)))('in %d columns: %j', (cols, sample) => {
    const { screen, dialogue } = open(undefined, cols);
    dialogue.receive(`\x1b[200~${sample}\x1b[201~`);
    const typed = sample.replace(/\n+$/, '');
    const joined = screen.rows.map((r) => r.join('')).join('').replaceAll(/(?<!\$)> /g, '');
    expect(joined.replace(/\s+/g, '')).toBe(`${PROMPT}${typed}`.replace(/\s+/g, ''));
    const { row, column } = screen;
    // Wherever the cursor goes, a key there and back leaves screen and cursor as they were.
    for (const [there, back] of [['\x1b[D', '\x1b[C'], ['q', '\x7f'], ['\x01', '\x05']] as const) {
      const before = screen.text();
      dialogue.receive(there);
      dialogue.receive(back);
      expect([screen.text(), screen.row, screen.column]).toEqual([before, row, column]);
    }
  });
});

describe('making output safe', () => {
  it.each([
    ['plain text', 'a\nb', 'a\r\nb'],
    ['line ends of both kinds', 'a\r\nb\n', 'a\r\nb\r\n'],
    ['colours', '\x1b[1;31mx\x1b[0m\x1b[m', '\x1b[1;31mx\x1b[0m\x1b[m'],
    ['indexed and true colours', '\x1b[38;5;8mx\x1b[48;2;8;8;8my', '\x1b[38;5;8mx\x1b[48;2;8;8;8my'],
    ['concealed text', '\x1b[8mx\x1b[0;8my\x1b[38;5;1;8mz', 'xyz'],
    ['cursor moves', 'a\x1b[2Jb\x1b[10;5Hc\x1b[Ad\x1b[?1049he', 'abcde'],
    ['titles and links', '\x1b]0;evil\x07a\x1b]8;;http://evil\x1b\\b\x1b]52;c;aGk=\x07c', 'abc'],
    ['device strings', '\x1bP1$r\x1b\\a\x1b_x\x1b\\b\x1b^y\x1b\\c', 'abc'],
    ['other escapes', '\x1bca\x1b(Bb\x1b7c', 'abc'],
    ['a status report', 'a\x1b[6nb\x1b[>cb', 'abb'],
    ['a lone carriage return', 'safe\revil', 'safe\u240devil'],
    ['bells and backspaces', 'a\x07\bb\0', 'a\u2407\u2408b\u2400'],
    ['C1 controls', 'a\x9b2Jb', 'a\ufffd2Jb'],
    ['signs that turn text round', 'a\u202eb\u2066c', 'abc'],
    ['an end cut off', 'a\x1b[3', 'a'],
  ])('%s', (_name, text, want) => expect(new OutputSanitiser().take(text)).toBe(want));

  it('sees through sequences cut anywhere', () => {
    const text = 'a\x1b[31mb\x1b]0;evil\x07c\x1b[2Jd\x1b[0me';
    for (let at = 0; at <= text.length; at++) {
      const sanitiser = new OutputSanitiser();
      expect(sanitiser.take(text.slice(0, at)) + sanitiser.take(text.slice(at))).toBe('a\x1b[31mbcd\x1b[0me');
    }
  });

  it('does not keep an endless sequence', () => {
    const sanitiser = new OutputSanitiser();
    sanitiser.take(`\x1b]0;${'x'.repeat(10_000)}`);
    expect(sanitiser.take('next')).toBe('next');
  });

  it('is not slow on many escapes', () => {
    const started = performance.now();
    new OutputSanitiser().take('\x1b'.repeat(4000) + '\x1b[31mx'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
