import { describe, expect, it } from 'vitest';
import { openShell } from './open-shell.js';

const INFER = './serving/v2/models/ridership/infer';

describe('curl', () => {
  it.each([
    ['curl -s ./serving/v2', { method: 'GET', path: 'v2' }],
    ['curl serving/v2/', { method: 'GET', path: 'v2' }],
    ['curl /serving/v2/health/live', { method: 'GET', path: 'v2/health/live' }],
    ['curl http://localhost/serving/v2/health/live', { method: 'GET', path: 'v2/health/live' }],
    ['curl "http://localhost:8080/serving/v2/models/m?x=1#y"', { method: 'GET', path: 'v2/models/m' }],
    [`curl -s ${INFER} -d '{"inputs": []}'`, { method: 'POST', path: 'v2/models/ridership/infer', body: '{"inputs": []}' }],
    [`curl -X PUT ${INFER} --data-raw @x`, { method: 'PUT', path: 'v2/models/ridership/infer', body: '@x' }],
    [`curl -XPOST -H 'Content-Type: application/json' ${INFER} -da -db`, { method: 'POST', path: 'v2/models/ridership/infer', body: 'a&b' }],
    [`printf '{\\n"é": 1}\\n' > body.json; curl -sd @body.json ${INFER}`, { method: 'POST', path: 'v2/models/ridership/infer', body: '{"é": 1}' }],
    [`cd /tmp; printf 'x\\n' > b; curl --data-binary @b ${INFER}`, { method: 'POST', path: 'v2/models/ridership/infer', body: 'x\n' }],
    [`echo '{"é":2}' | curl -d @- ${INFER}`, { method: 'POST', path: 'v2/models/ridership/infer', body: '{"é":2}' }],
    ['curl "./api/v1/applications?page=2&per_page=5#x" -H "Authorization: Bearer a:b"', { method: 'GET', path: 'api/v1/applications', query: 'page=2&per_page=5', headers: { authorization: 'Bearer a:b' } }],
    ['curl http://localhost/api/v1/token -d grant_type=client_credentials -d a=b', { method: 'POST', path: 'api/v1/token', body: 'grant_type=client_credentials&a=b', query: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    [`curl --json '{}' /api/v1/token/`, { method: 'POST', path: 'api/v1/token', body: '{}', query: '', headers: { 'content-type': 'application/json' } }],
    [`curl --json '{}' --url ${INFER}`, { method: 'POST', path: 'v2/models/ridership/infer', body: '{}' }],
  ])('asks what %s says', async (line, want) => {
    const { run, requests } = await openShell();
    const { out, err, status } = await run(line);
    expect(requests.map((r) => JSON.parse(JSON.stringify(r)) as object)).toEqual([want]);
    expect({ out, err, status }).toEqual({ out: '{"live":true}', err: '', status: 0 });
  });

  it('shows head, status and body as asked', async () => {
    const { run } = await openShell(() => ({ status: 404, body: '{"error":"é"}' }));
    expect((await run('curl -i ./serving/v2/models/x')).out).toBe('HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{"error":"é"}');
    expect((await run('curl -I ./serving/v2')).out).toMatch(/^HTTP\/1.1 404 [^{]*\r\n\r\n$/);
    expect((await run('curl -s -w "\\n%{http_code}\\n" ./serving/v2')).out).toBe('{"error":"é"}\n404\n');
    expect(await run('curl -f ./serving/v2')).toMatchObject({ out: '', status: 22, err: 'curl: (22) The requested URL returned error: 404\n' });
    expect((await run('curl -s ./serving/v2 | jq -r .error')).out).toBe('é\n');
    expect((await run('curl -s -o out.json ./serving/v2; cat out.json')).out).toBe('{"error":"é"}');
  });

  it('shows the headers that the API sends', async () => {
    const { run } = await openShell(() => ({ status: 429, body: '{}', headers: { 'content-type': 'application/problem+json', 'retry-after': '2' } }));
    expect((await run('curl -i ./api/v1/applications')).out).toBe('HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/problem+json\r\ncontent-length: 2\r\nretry-after: 2\r\n\r\n{}');
  });

  it.each([
    ['curl https://example.org/api/v1', 6, 'curl: (6)'],
    ['curl ./api/v2/x', 6, 'curl: (6)'],
    ['curl https://example.org/', 6, "curl: (6) only the lab's own endpoint can be reached from here\n"],
    ['curl example.org', 6, 'curl: (6)'],
    ['curl http://localhost/other', 6, 'curl: (6)'],
    ['curl http://localhost.evil.org/serving/v2', 6, 'curl: (6)'],
    ['curl http://me@evil.org/serving/v2', 6, 'curl: (6)'],
    ['curl //evil.org/serving/v2', 6, 'curl: (6)'],
    ['curl file:///etc/passwd', 1, 'curl: (1) Protocol "file" not supported'],
    ['curl', 2, "try 'curl --help'"],
    ['curl --foo ./serving/v2', 2, 'curl: option --foo: is unknown'],
    ['curl -Z ./serving/v2', 2, 'curl: option -Z: is unknown'],
    ['curl ./serving/v2 -d', 2, 'curl: option -d: requires parameter'],
    ['curl ./serving/v2 -d @nope', 26, 'Failed to open nope'],
    ["curl ./serving/v2 -H 'X-Key: 1'", 43, 'X-Key'],
    ['curl ./serving/v2 ./serving/v2', 2, 'one URL'],
  ])('refuses %s', async (line, status, words) => {
    const { run, requests } = await openShell();
    const result = await run(line);
    expect([result.status, result.out]).toEqual([status, '']);
    expect(result.err).toContain(words);
    expect(requests).toEqual([]);
  });
});
