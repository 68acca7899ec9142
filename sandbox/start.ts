import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { Faults } from "./faults";
import { serve } from "./http";
import { Inbox } from "./inbox";
import { inboxServer } from "./inbox-server";
import { pushServer } from "./push-server";
import { Replies } from "./replies";
import { smtpServer } from "./smtp-server";
import { Subscriptions } from "./subscriptions";
import { TwilioCalls } from "./twilio-calls";
import { twilioServer } from "./twilio-server";

export type SandboxOptions = {
  /** Where what was received is kept. */
  folder: string;
  httpPort: number;
  smtpPort: number;
  host?: string;
  /** The account that the Twilio server knows; by its token it signs what it reports. */
  accountSid?: string;
  authToken: string;
  /** Where replies go; without it, to where the last message to that phone reports. */
  inboundUrl?: string;
  /** Between queued, sent and delivered. */
  stepMs?: number;
};

export type Sandbox = { httpPort: number; smtpPort: number; url: string; close(): Promise<void> };

/** Starts the providers' stand-ins. Port 0 takes a free one; a busy port rejects with the system's error. */
export async function startSandbox({
  folder,
  httpPort,
  smtpPort,
  host = "127.0.0.1",
  accountSid = "AC00000000000000000000000000000000",
  authToken,
  inboundUrl,
  stepMs = 300,
}: SandboxOptions): Promise<Sandbox> {
  const clock = () => new Date();
  const [inbox, subscriptions] = await Promise.all([Inbox.open(folder), Subscriptions.open(folder)]);
  const faults = new Faults();
  const calls = new TwilioCalls(authToken);
  const account = { accountSid, authToken };
  const replies = await Replies.open(folder, account, inbox, calls, inboundUrl);

  const http = createServer(
    serve([
      twilioServer(account, inbox, faults, calls, replies, stepMs, clock),
      pushServer(inbox, subscriptions, faults, clock),
      inboxServer(inbox, subscriptions, replies, faults),
    ]),
  );
  http.keepAliveTimeout = 60_000;
  const smtp = smtpServer(inbox, faults, clock);

  const close = async () => {
    calls.close();
    http.closeAllConnections();
    for (const connection of smtp.connections) connection._socket.destroy();
    await Promise.all([
      http.listening && new Promise((done) => http.close(done)),
      smtp.server.listening && new Promise<void>((done) => smtp.close(done)),
    ]);
    await Promise.all([inbox.close(), subscriptions.close(), replies.close()]);
  };
  // Both settle first, so that the one that did start is closed when the other could not.
  const [web, mail] = await Promise.allSettled([
    listening(http, httpPort, host),
    listening(smtp.server, smtpPort, host),
  ]);
  if (web.status === "fulfilled" && mail.status === "fulfilled")
    return { httpPort: web.value, smtpPort: mail.value, url: `http://${host}:${web.value}`, close };
  await close();
  throw web.status === "rejected" ? web.reason : mail.status === "rejected" ? mail.reason : new Error("not listening");
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      // A server that listens on TCP has an address of this kind.
      done((server.address() as AddressInfo).port);
    });
  });
}
