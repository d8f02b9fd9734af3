import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import type { SqlBuild, SqlQuery } from '../../../src/lab/sql-port.js';
import { createNodeSql } from '../../../src/platform/sql/node-sql.js';
import { DATABASE_SCRIPT, DATABASE_STAGES } from '../../../src/world/sources/database-script.js';

const PUBLIC = new URL('../../../public/data/', import.meta.url);
const sql = createNodeSql();
const { signal } = new AbortController();
const build = async (): Promise<SqlBuild> => ({
  script: DATABASE_SCRIPT,
  stages: await Promise.all(Object.entries(DATABASE_STAGES).map(async ([table, id]) => ({ table, csv: new Uint8Array(await readFile(new URL(`${id}.csv`, PUBLIC))) }))),
});
const query = (text: string, limits: Partial<SqlQuery> = {}): SqlQuery => ({ sql: text, rows: 1000, milliseconds: 5000, ...limits });
const select = (text: string, limits: Partial<SqlQuery> = {}) => sql.select(build, query(text, limits), signal);
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no failure', (cause: unknown) => LabError.from(cause).toJSON());

describe('the database', () => {
  it('holds every row of the shipped sets, normalised, with keys that hold', async () => {
    const { table } = parseCsv(await readFile(new URL('birdstrikes.csv', PUBLIC)));
    const tables = await sql.schema(build, signal);
    expect(tables.filter(({ kind }) => kind === 'view').map(({ name }) => name)).toEqual(['strike_details', 'staff']);
    expect(tables.find(({ name }) => name === 'strikes')?.rows).toBe(table.rows);
    expect(tables.find(({ name }) => name === 'staff')?.rows).toBe(1470);
    expect(tables.find(({ name }) => name === 'strikes')?.columns.find(({ name }) => name === 'airport_id')).toEqual({ name: 'airport_id', type: 'INTEGER', required: false, primaryKey: false, references: 'airports.id' });
    expect((await select('select count(*) from strikes s left join airports p on p.id = s.airport_id where s.airport_id is not null and p.id is null')).rows).toEqual([[0]]);
    expect(tables.some(({ name }) => name.startsWith('stage_'))).toBe(false);
  });

  it('gives back exactly the values of the file through the joins', async () => {
    const { table } = parseCsv(await readFile(new URL('hr_attrition.csv', PUBLIC)));
    const income = table.columns.find(({ name }) => name === 'monthly_income')!;
    const { rows } = await select('select monthly_income from staff order by id', { rows: 2000 });
    expect(rows.map(([value]) => value)).toEqual(Array.from((income as { values: ArrayLike<number> }).values));
  });

  it('explains, reads pragmas, and cuts at the limit of rows', async () => {
    expect((await select('explain query plan select * from strikes where airport_id = 3')).rows.flat().join(' ')).toContain('strikes_by_airport');
    expect((await select('pragma table_info(strikes)')).rows).toHaveLength(13);
    const many = await select('with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000000) select i from n', { rows: 10_000 });
    expect([many.rows.length, many.cut]).toEqual([10_000, true]);
  });

  it('names the place of an error, in a text with letters beyond ASCII too', async () => {
    expect(await codeOf(select("select 'é',\n  wrong from strikes"))).toEqual({ code: 'sql-error', data: { message: 'no such column: wrong', line: 2, column: 3 } });
    expect(await codeOf(select('selec 1'))).toEqual({ code: 'sql-error', data: { message: 'near "selec": syntax error', line: 1, column: 1 } });
    expect(await codeOf(select('  -- nothing\n;'))).toEqual({ code: 'sql-empty', data: {} });
    expect(await codeOf(select('select 1; select 2'))).toEqual({ code: 'sql-one-statement', data: {} });
    expect((await select('select 1; -- done')).rows).toEqual([[1]]);
  });

  it.each([
    ["attach database ':memory:' as other", 'ATTACH :memory:'],
    ["attach database 'file:/etc/passwd' as other", 'ATTACH file:/etc/passwd'],
    ['pragma writable_schema = on', 'PRAGMA writable_schema'],
    ['pragma query_only = off', 'PRAGMA query_only'],
    ["pragma temp_store_directory = '/tmp'", 'PRAGMA temp_store_directory'],
    ['delete from strikes', 'DELETE FROM strikes'],
    ['update pay set monthly_income = 0', 'UPDATE pay'],
    ['drop table strikes', 'DELETE FROM sqlite_master'],
    ['create table mine (a)', 'INSERT INTO sqlite_master'],
    ['create temp table mine (a)', 'INSERT INTO sqlite_temp_master'],
    ["vacuum into 'x.db'", 'ATTACH x.db'],
    ['begin', 'TRANSACTION BEGIN'],
  ])('refuses %s', async (text, what) => {
    expect(await codeOf(select(text))).toEqual({ code: 'sql-refused', data: { what } });
    expect((await select('select count(*) from strikes')).rows).toEqual([[9985]]);
  });

  it('has no function that loads code or touches files', async () => {
    for (const call of ["load_extension('x')", "readfile('/etc/passwd')", "writefile('x', 'y')", "edit('x')"]) {
      expect(await codeOf(select(`select ${call}`))).toMatchObject({ code: 'sql-error', data: { message: `no such function: ${call.split('(')[0]}` } });
    }
  });

  it('stops what never ends or grows without bound, and goes on', async () => {
    const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n';
    expect(await codeOf(select(endless, { milliseconds: 200 }))).toEqual({ code: 'sql-timeout', data: { seconds: 0.2 } });
    expect(await codeOf(select('select zeroblob(2000000000)'))).toMatchObject({ code: 'sql-error' });
    const many = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000000) select i from n';
    expect(await codeOf(sql.export(build, query(many, { rows: 50_000 }), signal))).toEqual({ code: 'sql-too-many-rows', data: { limit: 50_000 } });
    expect((await select('select 1')).rows).toEqual([[1]]);
  });

  it('exports a result that reads back the same', async () => {
    const { csv, rows } = await sql.export(build, query("select 'a,b' as x, null as y, 1.5 as z, '' as w union all select 'say \"hi\"', 'q', 2, ' p '"), signal);
    expect([rows, new TextDecoder().decode(csv)]).toEqual([2, 'x,y,z,w\n"a,b",,1.5,""\n"say ""hi""",q,2," p "\n']);
  });
});
