import { isIP, connect as plainly, type Socket } from "node:net";
import { hostname } from "node:os";
import { connect as encrypted } from "node:tls";
import { wired } from "./mail-address";

export type MailServer = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  requireTls: boolean;
  user?: string;
  password?: string;
  timeoutMs: number;
  /** Who signed the server's certificate (PEM), where it is none of the usual authorities. */
  ca?: string;
};

/** What went wrong: the server's answer to `command`, if it gave one; `EMESSAGE`: this mail can never go through here. */
export type SmtpError = Error & { responseCode?: number; response?: string; command?: string; code?: string };

type Reply = { code: number; text: string };
type Waiting = { command: string; answered(reply: Reply): void; failed(error: SmtpError): void };

const LONGEST_REPLY = 65_536;
/** As much of our name as a server that asks for one wants (RFC 5321, 4.1.4). */
const NAME = hostname().includes(".") ? hostname() : "[127.0.0.1]";
/** The dot that ends a mail stands alone on its line; one that begins a line of the mail itself is doubled (RFC 5321, 4.5.2). */
const END = "\r\n.\r\n";

/**
 * One connection to a mail server (RFC 5321), over which mails go one after another. Where the server lets commands be pipelined (RFC 2920), a
 * mail is two round trips instead of four. That, and doing without streams, is why it is our own: with nodemailer's connection each mail took
 * the worker 0.2 ms more (decision 047).
 */
export class SmtpSession {
  /** Resolves once the server takes mail, or with what hindered it. */
  readonly ready: Promise<SmtpError | undefined>;
  private socket: Socket;
  private heard = "";
  private lines: string[] = [];
  private waiting: Waiting[] = [];
  private broken: SmtpError | undefined;
  /** What the server's EHLO offers, by keyword, with its parameters. */
  private offers = new Map<string, string>();

  /** `ended`: called once, when the connection is gone, whoever closed it. */
  constructor(
    private readonly server: MailServer,
    private readonly ended: () => void,
  ) {
    const { host, port, secure } = server;
    this.socket = secure ? encrypted({ ...this.trust(), port }) : plainly({ host, port });
    this.listen();
    this.ready = this.open().then(
      () => {
        this.socket.setTimeout(0);
        return undefined;
      },
      (error: SmtpError) => {
        this.close();
        return error;
      },
    );
  }

  get isOver(): boolean {
    return this.broken !== undefined || this.socket.destroyed;
  }

  /**
   * Hands over one mail, complete with its headers, ASCII or UTF-8. `begins` is asked when the server wants the data: until then nothing has
   * left, and a no ends the connection; from then on a silence may mean either. Throws an SmtpError.
   */
  async send({ from, to }: { from: string; to: string }, mail: string, begins: () => boolean): Promise<void> {
    const size = Buffer.byteLength(mail);
    const commands: [string, string][] = [
      ["MAIL", `MAIL FROM:<${wired(from)}>${this.parameters(size, from, to)}`],
      ["RCPT", `RCPT TO:<${wired(to)}>`],
      ["DATA", "DATA"],
    ];
    if (this.offers.has("PIPELINING")) await this.together(commands);
    else for (const [command, line] of commands) await this.ask(command, line, command === "DATA" ? 3 : 2);
    if (!begins()) {
      this.close();
      throw new Error("asked for the data too late");
    }
    const whole = mail.includes("\r\n.") ? mail.replaceAll("\r\n.", "\r\n..") : mail;
    await this.ask("DATA", `${whole}${whole.endsWith("\r\n") ? END.slice(2) : END}`, 2, "");
  }

  /** Ends what a refused mail left open. */
  async reset(): Promise<void> {
    await this.ask("RSET", "RSET", 2);
  }

  /** Takes leave and closes, without waiting for the answer. */
  quit(): void {
    if (!this.isOver) this.socket.setTimeout(this.server.timeoutMs).end("QUIT\r\n");
    this.broken ??= new Error("the connection was closed");
  }

  close(): void {
    this.fail(new Error("the connection was closed"));
  }

  private async open(): Promise<void> {
    await this.answer("CONN", 2);
    await this.greet();
    const { secure, requireTls, user, password } = this.server;
    if (!secure && (requireTls || this.offers.has("STARTTLS"))) {
      await this.ask("STARTTLS", "STARTTLS", 2);
      await this.encrypt();
      await this.greet();
    }
    if (user) await this.signIn(user, password ?? "");
  }

  private async greet(): Promise<void> {
    this.offers = new Map();
    try {
      const { text } = await this.ask("EHLO", `EHLO ${NAME}`, 2);
      for (const line of text.split("\n").slice(1)) {
        const [keyword = "", ...parameters] = line.slice(4).trim().split(/[ =]/);
        this.offers.set(keyword.toUpperCase(), parameters.join(" ").toUpperCase());
      }
    } catch (error) {
      // A server from before 1995: it offers nothing, so it must be allowed to.
      if (this.isOver || this.server.requireTls || this.server.user) throw error;
      await this.ask("HELO", `HELO ${NAME}`, 2);
    }
  }

  private async encrypt(): Promise<void> {
    // What came in the clear behind the answer is nobody's word (RFC 3207, 6).
    if (this.heard !== "" || this.lines.length > 0) throw new Error("the server spoke out of turn at STARTTLS");
    const plain = this.socket.setTimeout(0).removeAllListeners("data").removeAllListeners("close");
    this.socket = encrypted({ ...this.trust(), socket: plain });
    this.listen();
  }

  private trust(): { host: string; servername?: string; ca?: string } {
    const { host, ca } = this.server;
    return { host, ...(!isIP(host) && { servername: host }), ...(ca !== undefined && { ca }) };
  }

  /** RFC 4954, by what the server offers. */
  private async signIn(user: string, password: string): Promise<void> {
    const ways = new Set(this.offers.get("AUTH")?.split(" "));
    const secret = (text: string): string => Buffer.from(text).toString("base64");
    if (ways.has("PLAIN")) await this.ask("AUTH", `AUTH PLAIN ${secret(`\0${user}\0${password}`)}`, 2);
    else if (ways.has("LOGIN")) {
      await this.ask("AUTH", "AUTH LOGIN", 3);
      await this.ask("AUTH", secret(user), 3);
      await this.ask("AUTH", secret(password), 2);
    } else throw wrong("AUTH", "the server offers no sign-in by a password (AUTH PLAIN or LOGIN)");
  }

  private parameters(size: number, ...addresses: string[]): string {
    const most = Number(this.offers.get("SIZE") ?? 0);
    if (most > 0 && size > most)
      throw wrong("MAIL", `the mail has ${size} bytes, and the server takes ${most}`, "EMESSAGE");
    const isBeyondAscii = addresses.some((address) => /[^ -~]/.test(wired(address)));
    if (isBeyondAscii && !this.offers.has("SMTPUTF8"))
      throw wrong("MAIL", "the server takes no address beyond ASCII", "EMESSAGE");
    return `${this.offers.has("SIZE") ? ` SIZE=${size}` : ""}${isBeyondAscii ? " SMTPUTF8" : ""}`;
  }

  /** All in one write; the first that was refused tells why. */
  private async together(commands: readonly [string, string][]): Promise<void> {
    const answers = Promise.allSettled(commands.map(([command]) => this.answer(command, command === "DATA" ? 3 : 2)));
    this.say(`${commands.map(([, line]) => line).join("\r\n")}\r\n`);
    const ended = await answers;
    const refused = ended.find((one) => one.status === "rejected");
    if (!refused) return;
    // A server that asks for the data of a mail it refused would take our next command for them.
    if (ended.at(-1)?.status === "fulfilled") this.close();
    throw refused.reason;
  }

  private ask(command: string, line: string, wanted: 2 | 3, end = "\r\n"): Promise<Reply> {
    const answer = this.answer(command, wanted);
    this.say(line + end);
    return answer;
  }

  private say(text: string): void {
    if (!this.isOver) this.socket.write(text);
  }

  private answer(command: string, wanted: 2 | 3): Promise<Reply> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise((answered, failed) => {
      this.waiting.push({
        command,
        failed,
        answered(reply) {
          if (Math.floor(reply.code / 100) === wanted) answered(reply);
          else failed(Object.assign(wrong(command, reply.text), { responseCode: reply.code, response: reply.text }));
        },
      });
    });
  }

  private listen(): void {
    this.socket.setNoDelay(true).setEncoding("utf8");
    this.socket.on("data", (text: string) => this.hear(text));
    this.socket.on("error", (error) => this.fail(error));
    this.socket.setTimeout(this.server.timeoutMs, () => this.fail(new Error("no answer in time")));
    this.socket.once("close", () => {
      this.fail(new Error("the connection was closed"));
      this.ended();
    });
  }

  /** Lines of an answer have its code and a hyphen, the last one its code alone. */
  private hear(text: string): void {
    this.heard += text;
    for (let end = this.heard.indexOf("\n"); end >= 0; end = this.heard.indexOf("\n")) {
      const line = this.heard.slice(0, end).trimEnd();
      this.heard = this.heard.slice(end + 1);
      if (!/^\d{3}/.test(line)) {
        this.fail(new Error(`this is no mail server: ${line.slice(0, 100)}`));
        return;
      }
      this.lines.push(line);
      if (line[3] !== "-") this.take({ code: Number(line.slice(0, 3)), text: this.lines.splice(0).join("\n") });
    }
    if (this.heard.length + this.lines.length * 4 > LONGEST_REPLY)
      this.fail(new Error("the server's answer has no end"));
  }

  private take(reply: Reply): void {
    const next = this.waiting.shift();
    if (next) next.answered(reply);
    // Nobody asked: the server is about to close.
    else this.fail(new Error(reply.text));
  }

  private fail(error: SmtpError): void {
    this.broken ??= error;
    this.socket.destroy();
    for (const { failed } of this.waiting.splice(0)) failed(this.broken);
  }
}

const wrong = (command: string, message: string, code?: string): SmtpError =>
  Object.assign(new Error(message), { command, ...(code !== undefined && { code }) });
