/** Programs that ask the API for what a figure shows; they run as they are, with a token from RITZ_TOKEN where one is needed. */

export type CodeLanguage = 'python' | 'typescript' | 'curl';

export const codeNames: Readonly<Record<CodeLanguage, string>> = {
  python: 'Python',
  typescript: 'TypeScript',
  curl: 'curl',
};

export const codeExtensions: Readonly<Record<CodeLanguage, string>> = { python: 'py', typescript: 'ts', curl: 'sh' };

/** `url` is that of the GraphQL endpoint, `query` needs no variables. */
export function requestCode(language: CodeLanguage, url: string, query: string): string {
  switch (language) {
    case 'python':
      return python(url, query);
    case 'typescript':
      return typescript(url, query);
    case 'curl':
      return curl(url, query);
  }
}

function python(url: string, query: string): string {
  return `import json, os, urllib.request

query = ${JSON.stringify(query)
    .replaceAll(String.raw`\n`, `\\n"\n    "`)
    .replace(/^/, '(\n    ')}
)
headers = {'content-type': 'application/json'}
if os.environ.get('RITZ_TOKEN'):
    headers['authorization'] = 'Bearer ' + os.environ['RITZ_TOKEN']
request = urllib.request.Request(${JSON.stringify(url)}, json.dumps({'query': query}).encode(), headers)
with urllib.request.urlopen(request) as answer:
    data = json.load(answer)['data']
print(json.dumps(data)[:300])
`;
}

function typescript(url: string, query: string): string {
  const text = query.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return `const query = \`${text}\`;
const token = process.env['RITZ_TOKEN'];
const answer = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(token ? { authorization: \`Bearer \${token}\` } : {}) },
  body: JSON.stringify({ query }),
});
const { data } = await answer.json();
console.log(JSON.stringify(data).slice(0, 300));
`;
}

function curl(url: string, query: string): string {
  // Inside single quotes of a shell only a single quote ends the text.
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return `curl --silent --show-error ${quoted(url)} -H 'content-type: application/json' \${RITZ_TOKEN:+-H "authorization: Bearer $RITZ_TOKEN"} \\
  --data ${quoted(JSON.stringify({ query }))}
`;
}
