import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { type MailServer, SmtpSession } from "./smtp-session";

/** For localhost until 2120; it guards nothing. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN9eE5Re4Xft/QdkN
syyCIEBpT5pXYr/cGzPADVwa2wuhRANCAARFGVVTzxD7uH2XIJCPAbXBXIq/CPuL
eGejGzB4vOuV3OGztVeo/hCXbEMwXJFmU3NTLIGOXGe/4pEDiijUafqI
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEUZVVPPEPu4fZcg
kI8BtcFcir8I+4t4Z6MbMHi865Xc4bO1V6j+EJdsQzBckWZTc1MsgY5cZ7/ikQOK
KNRp+oijTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
hwR/AAABMB0GA1UdDgQWBBR0eYgG7r0NEv5EhJepGJQKYsaFxDAKBggqhkjOPQQD
AgNIADBFAiBKoPhYzUwtxo588FIzaMK2hnNU/ddS6Yw3NWOs1ucChAIhAPHz/+Wu
0l3r4+fyzG3xFBAKkWhyiu6XoSBJG1gLhi60
-----END CERTIFICATE-----`;

const MAIL = "Subject: Hi\r\n\r\n.a dot\r\nbody\r\n";
const envelope = { from: "shop@example.com", to: "reader@example.com" };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real mail server and what it took: envelopes, bodies, whether by TLS and as whom. */
async function server(options: SMTPServerOptions = {}) {
  const taken: { to: string; raw: string; secure: boolean; user: unknown }[] = [];
  const own = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1,
    onAuth: ({ username, password }, _session, done) =>
      password === "right" ? done(null, { user: username }) : done(new Error("no such account")),
    onData(stream, session, done) {
      let raw = "";
      stream.on("data", (chunk: Buffer) => {
        raw += String(chunk);
      });
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        taken.push({ to, raw, secure: session.secure, user: session.user });
        done(null, "kept");
      });
    },
    ...options,
  });
  own.on("error", () => {});
  await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
  closing.push(() => own.close());
  const { port } = own.server.address() as AddressInfo;
  return { taken, at: { host: "localhost", port, secure: false, requireTls: false, timeoutMs: 2000 } };
}

/** A server that says what it is told to, and notes each chunk it hears. */
async function scripted(
  answers: (heard: string, socket: Socket) => void,
): Promise<{ at: MailServer; chunks: string[] }> {
  const chunks: string[] = [];
  const own = createServer((socket) => {
    socket.on("error", () => {}).write("220 hello\r\n");
    socket.on("data", (data) => {
      chunks.push(String(data));
      answers(String(data), socket);
    });
  });
  await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
  closing.push(() => own.close());
  const { port } = own.address() as AddressInfo;
  return { chunks, at: { host: "127.0.0.1", port, secure: false, requireTls: false, timeoutMs: 500 } };
}

async function opened(at: MailServer): Promise<SmtpSession> {
  const session = new SmtpSession(at, () => {});
  closing.push(() => session.close());
  expect(await session.ready).toBeUndefined();
  return session;
}
const refusal = async (at: MailServer) => {
  const session = new SmtpSession(at, () => {});
  const error = await session.ready;
  expect(session.isOver).toBe(true);
  return error;
};
const always = () => true;

describe("a session with a mail server", () => {
  it("carries mails one after another, each as it was, dots included", async () => {
    const { taken, at } = await server({ disabledCommands: ["STARTTLS"] });
    const session = await opened(at);
    await session.send(envelope, MAIL, always);
    await session.send({ ...envelope, to: "second@example.com" }, `${MAIL}..`, always);
    expect(taken.map(({ to, raw }) => [to, raw])).toEqual([
      ["reader@example.com", MAIL],
      ["second@example.com", `${MAIL}..\r\n`],
    ]);
  });

  it("says who is it from and for in one write where the server lets it, and waits for the data to be asked for", async () => {
    const { chunks, at } = await scripted((heard, socket) => {
      if (heard.startsWith("EHLO")) socket.write("250-me\r\n250-PIPELINING\r\n250 SIZE 1000\r\n");
      else if (heard.startsWith("MAIL")) socket.write("250 ok\r\n250 ok\r\n354 go\r\n");
      else socket.write("250 kept\r\n");
    });
    const session = await opened(at);
    await session.send(envelope, "Subject: x\r\n\r\nx", always);
    expect(chunks.slice(1)).toEqual([
      "MAIL FROM:<shop@example.com> SIZE=15\r\nRCPT TO:<reader@example.com>\r\nDATA\r\n",
      "Subject: x\r\n\r\nx\r\n.\r\n",
    ]);
    await expect(session.send(envelope, "x".repeat(2000), always)).rejects.toMatchObject({ code: "EMESSAGE" });
  });

  it("says one thing at a time to a server that offers nothing", async () => {
    const { chunks, at } = await scripted((heard, socket) =>
      socket.write(heard.startsWith("EHLO") ? "502 what?\r\n" : heard.startsWith("DATA") ? "354 go\r\n" : "250 ok\r\n"),
    );
    await (await opened(at)).send(envelope, MAIL, always);
    expect(chunks.map((chunk) => chunk.slice(0, 4))).toEqual(["EHLO", "HELO", "MAIL", "RCPT", "DATA", "Subj"]);
  });

  it("never begins a mail whose recipient was refused, even if the server asks for its data", async () => {
    const { chunks, at } = await scripted((heard, socket) => {
      if (heard.startsWith("EHLO")) socket.write("250-me\r\n250 PIPELINING\r\n");
      else socket.write("250 ok\r\n550 5.1.1 nobody\r\n354 go\r\n");
    });
    const session = await opened(at);
    let begun = 0;
    const sending = session.send(envelope, MAIL, () => ++begun > 0);
    await expect(sending).rejects.toMatchObject({ responseCode: 550, command: "RCPT", response: "550 5.1.1 nobody" });
    expect([begun, session.isOver, chunks.length]).toEqual([0, true, 2]);
  });

  it("goes on after a refusal once it has started afresh", async () => {
    const { taken, at } = await server({
      disabledCommands: ["STARTTLS"],
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith("no") ? done(Object.assign(new Error("5.1.1 nobody"), { responseCode: 550 })) : done(),
    });
    const session = await opened(at);
    await expect(session.send({ ...envelope, to: "no@example.com" }, MAIL, always)).rejects.toMatchObject({
      responseCode: 550,
    });
    await session.reset();
    await session.send(envelope, MAIL, always);
    expect(taken.map(({ to }) => to)).toEqual(["reader@example.com"]);
  });

  it("is encrypted where the server offers it, and signs in", async () => {
    for (const authMethods of [["PLAIN"], ["LOGIN"]]) {
      const { taken, at } = await server({ authMethods, authOptional: false });
      const session = await opened({ ...at, ca: CERTIFICATE, user: "shop", password: "right" });
      await session.send(envelope, MAIL, always);
      expect(taken).toEqual([{ to: "reader@example.com", raw: MAIL, secure: true, user: "shop" }]);
      expect(await refusal({ ...at, ca: CERTIFICATE, user: "shop", password: "wrong" })).toMatchObject({
        command: "AUTH",
        responseCode: 535,
      });
    }
  });

  it("is encrypted from the first byte on a port for that", async () => {
    const { taken, at } = await server({ secure: true });
    await (await opened({ ...at, secure: true, ca: CERTIFICATE })).send(envelope, MAIL, always);
    expect(taken).toMatchObject([{ raw: MAIL, secure: true }]);
  });

  it("is not begun with a server that proves another name, no name, or no encryption where it must be", async () => {
    const { at } = await server();
    expect((await refusal(at))?.message).toMatch(/self.signed/);
    expect((await refusal({ ...at, ca: CERTIFICATE, host: "127.0.0.2" }))?.message).toMatch(
      /does not match|ECONNREFUSED/,
    );
    const bare = await server({ disabledCommands: ["STARTTLS"] });
    expect(await refusal({ ...bare.at, requireTls: true })).toMatchObject({ command: "STARTTLS" });
  });

  it("takes no word that came in the clear before the encryption", async () => {
    const { at } = await scripted((heard, socket) => {
      if (heard.startsWith("EHLO")) socket.write("250-me\r\n250 STARTTLS\r\n");
      else socket.write("220 go\r\n250-me\r\n");
    });
    expect((await refusal(at))?.message).toMatch(/out of turn/);
  });

  it("ends with a server that is none, that never stops talking, or that closes unasked", async () => {
    const stranger = await scripted((_heard, socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect((await refusal(stranger.at))?.message).toMatch(/no mail server/);
    const talker = await scripted((_heard, socket) => socket.write("250-and on\r\n".repeat(20_000)));
    expect((await refusal(talker.at))?.message).toMatch(/no end/);
    const leaving = await scripted((heard, socket) => {
      if (heard.startsWith("EHLO")) socket.write("250 me\r\n421 closing\r\n");
    });
    const session = new SmtpSession(leaving.at, () => {});
    await session.ready;
    await expect.poll(() => session.isOver).toBe(true);
    await expect(session.send(envelope, MAIL, always)).rejects.toThrow("421 closing");
  });

  it("puts a domain beyond ASCII into ASCII, and a name beyond it only where the server takes it", async () => {
    const { chunks, at } = await scripted((heard, socket) =>
      socket.write(heard.startsWith("DATA") ? "354 go\r\n" : "250 ok\r\n"),
    );
    const session = await opened(at);
    await session.send({ ...envelope, to: "reader@例子.example" }, MAIL, always);
    expect(chunks[2]).toBe("RCPT TO:<reader@xn--fsqu00a.example>\r\n");
    await expect(session.send({ ...envelope, to: "读者@example.com" }, MAIL, always)).rejects.toMatchObject({
      code: "EMESSAGE",
    });
    const wide = await server({ disabledCommands: ["STARTTLS"] });
    await (await opened(wide.at)).send({ ...envelope, to: "读者@example.com" }, MAIL, always);
    expect(wide.taken.map(({ to }) => to)).toEqual(["读者@example.com"]);
  });
});
