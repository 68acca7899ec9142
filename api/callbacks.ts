import type { FastifyInstance } from "fastify";
import type { WorkspaceId } from "@/core/ids";
import { refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { instant } from "@/platform/clock";
import { config } from "@/platform/config";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { accountNamed } from "@/services/messages/pumping/account";
import { receiveReports } from "@/services/messages/report";
import { isDemo } from "@/services/workspaces/is-demo";
import { refused } from "./answers/language";
import { addressOf } from "./requests/address-of";

const LIMIT = 64 * 1024;

/** /callbacks/:provider/:workspace: what providers report of messages, and members' replies. The provider's own signature is what opens it. */
export async function callbacks(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.route<{ Params: { provider: string; workspace: string } }>({
    method: ["POST", "GET"],
    url: "/callbacks/:provider/:workspace",
    schema: { hide: true },
    bodyLimit: LIMIT,
    async handler(request, reply) {
      const { provider: name, workspace } = request.params;
      const account = isUuid(workspace)
        ? accountNamed(name, { isDemo: await isDemo(workspace as WorkspaceId) })
        : undefined;
      if (!account?.receive) return refused(reply, refuse("not_found"));
      const reports = account.receive({
        method: request.method,
        url: `${config().PUBLIC_API_URL}${request.url}`,
        headers: request.headers,
        body: typeof request.body === "string" ? request.body : "",
      });
      if (reports === "forged") {
        log("callbacks").warn({ provider: name, ip: addressOf(request) }, "a callback was not signed by its provider");
        return refused(reply, refuse("not_allowed", "the signature does not fit"));
      }
      await receiveReports(workspace as WorkspaceId, account, reports, instant());
      faultPoint("report-written");
      // An empty TwiML answer: nothing is to be replied. Others do not read it.
      return reply.type("text/xml").send("<Response></Response>");
    },
  });
}
