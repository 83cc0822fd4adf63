/** The examples of a README: fenced blocks that say `ts example=<name>`. */
import fs from 'node:fs/promises';

export async function exampleOf(readme: string, name: string): Promise<string> {
  const text = await fs.readFile(readme, 'utf8');
  const found = new RegExp(`^\`\`\`ts example=${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`${readme}: expected an example named ${name}.`);
  return found;
}
