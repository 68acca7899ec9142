import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "./config";
import { ConfigProblem } from "./config-problem";
import { secretsOf } from "./secrets";

const home = mkdtempSync(join(tmpdir(), "regulars-config-"));
afterAll(() => rmSync(home, { recursive: true }));
const read = (variables: Record<string, string> = {}) => readConfig({ REGULARS_HOME: home, ...variables });
const problem = (variables: Record<string, string>) => {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message;
    throw error;
  }
  return "no problem";
};

describe("settings", () => {
  it("name the proxies whose word on addresses is believed", () => {
    expect(read({ TRUSTED_PROXIES: "10.0.0.0/8, 2001:db8::/32 192.168.1.7" }).TRUSTED_PROXIES).toEqual([
      "10.0.0.0/8",
      "2001:db8::/32",
      "192.168.1.7",
    ]);
    expect(read().TRUSTED_PROXIES).toEqual([]);
    for (const wrong of ["balancer.internal", "10.0.0.0/33", "10.0.0.0/8/8", "*"])
      expect(problem({ TRUSTED_PROXIES: wrong })).toContain("should be addresses and networks");
  });

  it("have the published defaults", () => {
    const settings = read();
    expect(settings).toMatchObject({
      PORT: 3000,
      API_PORT: 3001,
      TEMPORAL_ADDRESS: "127.0.0.1:7233",
      TEMPORAL_UI_PORT: 8233,
      POSTGRES_PORT: 54329,
      PUBLIC_API_URL: "http://localhost:3001",
      ownsPostgres: true,
      ownsTemporal: true,
    });
    expect(settings.DATABASE_URL).toMatch(/@127\.0\.0\.1:54329\/regulars$/);
  });

  it("let outside servers replace the embedded ones", () => {
    const settings = read({ DATABASE_URL: "postgres://a@b/c", TEMPORAL_ADDRESS: "temporal.internal:7233" });
    expect(settings).toMatchObject({ ownsPostgres: false, ownsTemporal: false, DATABASE_URL: "postgres://a@b/c" });
  });

  it("take Temporal's address by name, number or IPv6", () => {
    for (const TEMPORAL_ADDRESS of ["temporal:7233", "10.0.0.7:7233", "[::1]:7233", "[2001:db8::a:1]:7233"])
      expect(read({ TEMPORAL_ADDRESS }).TEMPORAL_ADDRESS).toBe(TEMPORAL_ADDRESS);
  });

  it("follow their ports into the addresses", () => {
    expect(read({ API_PORT: "4001", TEMPORAL_PORT: "4002" })).toMatchObject({
      PUBLIC_API_URL: "http://localhost:4001",
      TEMPORAL_ADDRESS: "127.0.0.1:4002",
    });
  });

  it("treat an empty variable as absent", () => {
    expect(read({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000, ownsPostgres: true });
  });

  it.each([
    [{ PORT: "http" }, "PORT=http: should be a port number from 1 to 65535"],
    [{ API_PORT: "70000" }, "API_PORT=70000: should be a port number from 1 to 65535"],
    [{ API_PORT: "3000" }, "API_PORT=3000: should differ from PORT"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL=loud: should be one of trace, debug, info, warn, error, fatal, silent"],
    [
      { TEMPORAL_ADDRESS: "http://x:1" },
      "TEMPORAL_ADDRESS=http://x:1: should be host:port or [IPv6 address]:port, without http://",
    ],
    [
      { TEMPORAL_ADDRESS: "::1:7233" },
      "TEMPORAL_ADDRESS=::1:7233: should be host:port or [IPv6 address]:port, without http://",
    ],
    [
      { DATABASE_URL: "mysql://a:secret@b" },
      "DATABASE_URL=…: should be an address like postgres://user:password@host:5432/regulars",
    ],
    [
      { TWILIO_AUTH_TOKEN: "x" },
      "TWILIO_ACCOUNT_SID, TWILIO_FROM: should be set too, or none of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM",
    ],
    [{ SMTP_URL: "smtp://mail.example" }, "MAIL_FROM: should be set too, since SMTP_URL is"],
    [{ TWILIO_API_URL: "https://x.example" }, "TWILIO_ACCOUNT_SID: should be set too, since TWILIO_API_URL is"],
    [{ PUSH_HOSTS: "push.example" }, "VAPID_PUBLIC_KEY: should be set too, since PUSH_HOSTS is"],
  ])("say in one line what is wrong with %j", (variables, line) => {
    expect(problem(variables)).toBe(line);
  });

  it("may stand in settings.json of the data folder; a variable wins", () => {
    writeFileSync(join(home, "settings.json"), JSON.stringify({ PORT: 5000, API_PORT: 5001 }));
    expect(read({ API_PORT: "6001" })).toMatchObject({ PORT: 5000, API_PORT: 6001 });
    writeFileSync(join(home, "settings.json"), "PORT=1");
    expect(problem({})).toContain("should be one JSON object of settings");
    rmSync(join(home, "settings.json"));
  });
});

describe("secrets", () => {
  it("come from one root, made once and readable by its owner only", () => {
    const file = join(home, "secrets.json");
    const { session } = secretsOf(home);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain(session);
    expect(secretsOf(home).session).toBe(session);
  });

  it("are the same on every machine that is given the same root", () => {
    const root = "0123456789abcdef0123456789abcdef";
    const nowhere = join(home, "absent");
    const secrets = secretsOf(nowhere, root);
    expect(secrets.vapid).toEqual(secretsOf(home, root).vapid);
    expect(Buffer.from(secrets.vapid.publicKey, "base64url")).toHaveLength(65);
    expect(Object.values(secrets).filter((value) => value === secrets.session)).toHaveLength(1);
  });
});

describe("the root secret", () => {
  it.each(["{nope", '{ "secret": "short" }', "null", ""])("that is damaged (%s) is told with its file", (text) => {
    const folder = mkdtempSync(join(home, "damaged-"));
    writeFileSync(join(folder, "secrets.json"), text);
    expect(problem({ REGULARS_HOME: folder })).toMatch(/damaged-.*secrets\.json is damaged: it should hold/);
  });
});
