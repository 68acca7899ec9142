import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import { config } from "@/platform/config";

/** What browsers are told about everything but the event API, which has no pages and is open to all: headers, and the console's origin alone. */
export async function guard(app: FastifyInstance): Promise<void> {
  const { PUBLIC_URL, PUBLIC_API_URL } = config();
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        styleSrc: ["'unsafe-inline'"],
      },
    },
    crossOriginResourcePolicy: { policy: "cross-origin" },
    hsts: PUBLIC_API_URL.startsWith("https:"),
  });
  await app.register(cors, {
    origin: [new URL(PUBLIC_URL).origin],
    credentials: true,
    methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders: ["retry-after", "etag"],
    maxAge: 600,
    // Who asks what may be done here without a page behind them is no broken preflight.
    strictPreflight: false,
  });
}
