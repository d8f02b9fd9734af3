type Data = Readonly<Record<string, unknown>>;

export const errors = {
  unexpected: (d: Data) => `Something unforeseen happened (${String(d['message'] ?? d['code'])}). Your last saved state is kept. Try again; if it happens twice, export the project first.`,
};
