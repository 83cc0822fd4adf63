/**
 * Spectra that a training run leaves to workers, in a file of JSON lines beside its records: written first, asked for when there is
 * an API. Asking twice is asking once, so that the whole file may be sent again.
 */
import fs from 'node:fs/promises';
import { RequestSpectrumDocument, type Client, type RequestSpectrumInput } from '@ritz/client';
import { CliError } from '../terminal/cliError.ts';

export class SpectrumRequests {
  readonly file: string;
  private readonly handle: fs.FileHandle;
  private readonly requests: RequestSpectrumInput[];
  private readonly sent = new Set<string>();

  private constructor(file: string, handle: fs.FileHandle, requests: RequestSpectrumInput[]) {
    this.file = file;
    this.handle = handle;
    this.requests = requests;
  }

  /** An incomplete last line, left by a killed process, is cut off. Throws a CliError when the file cannot be used. */
  static async open(file: string): Promise<SpectrumRequests> {
    try {
      const handle = await fs.open(file, 'a+');
      const content = await handle.readFile('utf8');
      const whole = content.slice(0, content.lastIndexOf('\n') + 1);
      if (whole.length < content.length) await handle.truncate(Buffer.byteLength(whole));
      const lines = whole.split('\n').filter((line) => line !== '');
      return new SpectrumRequests(
        file,
        handle,
        lines.map((line) => JSON.parse(line) as RequestSpectrumInput),
      );
    } catch (cause) {
      throw new CliError(`${file} cannot be used: ${(cause as Error).message}.`, { cause });
    }
  }

  has(id: string): boolean {
    return this.requests.some((request) => request.id === id);
  }

  /** Resolves when the request is on the disk. */
  async add(request: RequestSpectrumInput): Promise<void> {
    await this.handle.appendFile(`${JSON.stringify(request)}\n`);
    await this.handle.datasync();
    this.requests.push(request);
  }

  /** Requests the spectra that this process has not requested yet. @returns why that failed; `null` if all are requested. */
  async send(client: Client): Promise<string | null> {
    for (const input of this.requests) {
      if (this.sent.has(input.id)) continue;
      try {
        const { requestSpectrum } = await client.request(RequestSpectrumDocument, { input });
        const [fault] = requestSpectrum.userErrors;
        if (fault) return fault.message;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      this.sent.add(input.id);
    }
    return null;
  }

  get count(): number {
    return this.requests.length;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
