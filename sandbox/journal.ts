import { appendFile, type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Lines of JSON that outlive the process: what `append` has resolved stands in the file, also after kill -9. Two files of at most
 * `limit` bytes, the older of which is dropped when the newer is full.
 */
export class Journal {
  private waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;
  private handle: FileHandle | undefined;
  private size = 0;
  private isClosed = false;

  constructor(
    private readonly file: string,
    private readonly limit: number,
  ) {}

  /** Reads what an earlier process left, oldest first; a line that was cut is skipped. */
  async open(): Promise<unknown[]> {
    await mkdir(dirname(this.file), { recursive: true });
    this.size = await stat(this.file).then(
      (found) => found.size,
      () => 0,
    );
    const texts = await Promise.all([this.older, this.file].map((file) => readFile(file, "utf8").catch(() => "")));
    // A cut last line must not swallow the next one.
    if (texts[1] !== undefined && texts[1] !== "" && !texts[1].endsWith("\n")) await appendFile(this.file, "\n");
    return texts
      .join("\n")
      .split("\n")
      .flatMap((line) => {
        try {
          return line === "" ? [] : [JSON.parse(line)];
        } catch {
          return [];
        }
      });
  }

  /** After `close` nothing is written any more. */
  async append(value: unknown): Promise<void> {
    if (this.isClosed) return;
    await new Promise<void>((done, failed) => {
      this.waiting.push({ line: `${JSON.stringify(value)}\n`, done, failed });
      this.writing ??= this.write();
    });
  }

  async clear(): Promise<void> {
    while (this.writing) await this.writing;
    this.writing = this.empty().finally(() => this.next());
    await this.writing;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    while (this.writing) await this.writing;
    await this.leave();
  }

  private async leave(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close();
  }

  private get older(): string {
    return `${this.file}.1`;
  }

  private async empty(): Promise<void> {
    await this.leave();
    await Promise.all([rm(this.file, { force: true }), rm(this.older, { force: true })]);
    this.size = 0;
  }

  private next(): void {
    this.writing = this.waiting.length > 0 ? this.write() : undefined;
  }

  /** Whatever comes while a write is under way goes with the next one. */
  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const text = batch.map(({ line }) => line).join("");
      try {
        if (this.size > 0 && this.size + text.length > this.limit) {
          await this.leave();
          await rename(this.file, this.older);
          this.size = 0;
        }
        this.handle ??= await open(this.file, "a");
        await this.handle.appendFile(text);
        this.size += Buffer.byteLength(text);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.writing = undefined;
  }
}
