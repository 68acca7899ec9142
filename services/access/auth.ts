import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import pg from "pg";
import { config, secrets } from "@/platform/config";
import { Client, databaseUrl } from "@/platform/db";
import { forgetFirstPassword, isOverdue } from "./one-time-password";

/** The code with which a sign-in by a one-time password is refused that was not replaced in time. */
export const OVERDUE = "ONE_TIME_PASSWORD_OVERDUE";

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

const TIMES = { createdAt: "created_at", updatedAt: "updated_at" };

function build() {
  const { PUBLIC_URL, PUBLIC_API_URL } = config();
  return betterAuth({
    appName: "Regulars",
    baseURL: PUBLIC_API_URL,
    basePath: "/api/auth",
    secret: secrets().session,
    // better-auth keeps its own four tables, by its own few connections; nothing else of ours is in its transactions.
    database: new pg.Pool({
      Client,
      connectionString: databaseUrl(),
      max: 3,
      application_name: "regulars-auth",
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
    }).on("error", () => {}),
    // One installation, one host: console and API are told apart by port, which cookies ignore.
    trustedOrigins: [PUBLIC_URL, PUBLIC_API_URL],
    telemetry: { enabled: false },
    logger: { level: "error" },
    // People are invited or made by the set-up, never by whoever finds the address.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: 14 * 86_400,
      updateAge: 86_400,
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...TIMES,
      },
    },
    user: { fields: { emailVerified: "email_verified", ...TIMES } },
    account: {
      fields: {
        accountId: "account_id",
        providerId: "provider_id",
        userId: "user_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        ...TIMES,
      },
    },
    verification: { fields: { expiresAt: "expires_at", ...TIMES } },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if (await isOverdue(userId)) throw new APIError("FORBIDDEN", { code: OVERDUE });
          },
        },
      },
      account: {
        update: {
          after: async (account) => {
            if (account.userId) await forgetFirstPassword(String(account.userId));
          },
        },
      },
    },
    // The limit on sign-in is Fastify's, which sees the caller's address.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "regulars",
      useSecureCookies: PUBLIC_API_URL.startsWith("https:"),
      ipAddress: { ipAddressHeaders: ["x-regulars-ip"] },
    },
  });
}

let made: { url: string; auth: ReturnType<typeof build> } | undefined;
/** better-auth over the database that this process is connected to. */
export function auth(): ReturnType<typeof build> {
  const url = databaseUrl();
  if (made?.url !== url) made = { url, auth: build() };
  return made.auth;
}
