export const terminal = {
  title: 'Terminal',
  hint: 'lab help lists what you can do. Tab completes; Esc, then Tab leaves.',
  leaveNow: 'Tab now leaves the terminal.',
  stop: 'Stop the command (Ctrl+C)',
  running: (command: string) => `Running: ${command}`,
  copySelection: 'Copy the selected text',
  copyAll: 'Copy all that is shown',
  spokenOn: 'Let a screen reader read the output',
  spokenOff: 'Stop reading the output to a screen reader',
  omitted: (characters: string) => `${characters} more characters are not shown here. Send them to a file with > to keep them.`,
};
