import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { Faults } from "./faults";
import type { Inbox } from "./inbox";

const HEAD_LIMIT = 16_384;

/** A mail server that takes mail for anyone and keeps it as it came: a mail is parsed only when somebody reads it. */
export function smtpServer(inbox: Inbox, faults: Faults, clock: () => Date): SMTPServer {
  const drop = (session: SMTPServerSession) =>
    [...server.connections].find((one) => one.session === session)?._socket.destroy();

  const server: SMTPServer = new SMTPServer({
    name: "sandbox.regulars",
    banner: "Regulars sandbox",
    // Offering TLS without a certificate that holds would only teach clients to accept any.
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    size: 10_000_000,
    closeTimeout: 1,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? "anyone" }),
    onMailFrom(_address, _session, done) {
      if (!faults.take("email", "hang")) done();
    },
    onRcptTo(address, session, done) {
      const fault = faults.take("email", "421", "451", "550", "554");
      if (fault === "421") {
        done(refusal(421, "4.3.2 Closing connection"));
        setImmediate(() => drop(session));
      } else if (fault === "451") done(refusal(451, "4.3.0 Try again later"));
      else if (fault === "550")
        done(refusal(550, `5.1.1 <${address.address}>: Recipient address rejected: User unknown`));
      else if (fault === "554") done(refusal(554, "5.7.1 Message rejected as spam"));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(refusal(552, "5.3.4 Message too big"));
        const fault = faults.take("email", "hang-in-data", "accept-then-drop");
        const raw = Buffer.concat(chunks).toString("latin1");
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
        Promise.all(
          session.envelope.rcptTo.map(({ address }) =>
            inbox.add({ channel: "email", to: address, from, raw, ...keyOf(raw) }, clock()),
          ),
        ).then(
          () => {
            if (fault === "accept-then-drop") drop(session);
            else if (fault === undefined) done(null, "2.0.0 Kept");
          },
          () => done(refusal(451, "4.3.0 Cannot write")),
        );
      });
    },
  });
  // A client that breaks off is no failure of ours.
  server.on("error", () => {});
  return server;
}

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** What stands before the @ of the Message-ID: the sender's own mark. */
function keyOf(raw: string): { key?: string } {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, Math.min(end < 0 ? HEAD_LIMIT : end, HEAD_LIMIT));
  const key = /^message-id:\s*<([^@>\s]+)@/im.exec(head)?.[1];
  return key === undefined ? {} : { key };
}
