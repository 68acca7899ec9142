import type { FastifyInstance } from "fastify";
import { configured } from "@/channels/configured";
import type { Provider } from "@/channels/provider";
import { type ProviderName, providers } from "@/channels/registry";
import type { WorkspaceId } from "@/core/ids";
import { refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { config, secrets } from "@/platform/config";
import { log } from "@/platform/log";
import { receiveReports } from "@/services/messages/report";
import { refused } from "./management/register";

const LIMIT = 64 * 1024;

/** /callbacks/:provider/:workspace: what providers report of messages, and members' replies. The provider's own signature is what opens it. */
export async function callbacks(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string", bodyLimit: LIMIT }, (_request, body, done) => done(null, body));
  app.route<{ Params: { provider: string; workspace: string } }>({
    method: ["POST", "GET"],
    url: "/callbacks/:provider/:workspace",
    schema: { hide: true },
    async handler(request, reply) {
      const { provider: name, workspace } = request.params;
      if (!isProvider(name) || !isUuid(workspace)) return refused(reply, refuse("not_found"));
      // The name ties provider and settings together, which TypeScript cannot follow.
      const provider: Provider = providers[name] as never;
      if (!provider.receive) return refused(reply, refuse("not_found"));
      const { PUBLIC_API_URL } = config();
      const reports = provider.receive(configured(config(), secrets().vapid)[name], {
        method: request.method,
        url: `${PUBLIC_API_URL}${request.url}`,
        headers: request.headers,
        body: typeof request.body === "string" ? request.body : "",
      });
      if (reports === "forged") {
        log("callbacks").warn({ provider: name, ip: request.ip }, "a callback was not signed by its provider");
        return refused(reply, refuse("not_allowed", "the signature does not fit"));
      }
      await receiveReports(workspace as WorkspaceId, name, reports, new Date());
      // An empty TwiML answer: nothing is to be replied. Others do not read it.
      return reply.type("text/xml").send("<Response></Response>");
    },
  });
}

const isProvider = (name: string): name is ProviderName => Object.hasOwn(providers, name);
