import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@/platform/config";
import type { DemoAccess } from "../demo-run";

/** Says where to go and how to sign in, and writes the same to demo.json for scripts. */
export function welcome(settings: Config, demo: DemoAccess | undefined): void {
  const urls = {
    console: settings.PUBLIC_URL,
    api: settings.PUBLIC_API_URL,
    sandbox: `${settings.PUBLIC_URL}/sandbox`,
    ...(settings.ownsTemporal ? { temporal: settings.TEMPORAL_UI_URL } : {}),
  };
  const file = join(settings.REGULARS_HOME, "demo.json");
  writeFileSync(file, `${JSON.stringify({ urls, ...demo }, null, 2)}\n`, { mode: 0o600 });
  const lines = [
    "",
    "  Regulars · 常客 is ready",
    "",
    `  Console      控制台    ${urls.console}`,
    `  API          接口      ${urls.api}/docs`,
    `  Sandbox      沙盒      ${urls.sandbox}`,
    ...(urls.temporal ? [`  Workflows    工作流    ${urls.temporal}`] : []),
    ...(demo
      ? [
          "",
          `  Sign in      登录      ${demo.user}`,
          demo.password === undefined
            ? "  Password     密码      your own 您自己设置的密码"
            : `  Password     密码      ${demo.password} (the first one: replace it under Settings 请在设置中更换)`,
        ]
      : []),
    "",
    `  The same, with the keys for programs 以上信息及接口密钥: ${file}`,
    "  Ctrl-C stops everything cleanly 按 Ctrl-C 停止.",
    "",
  ];
  console.log(lines.join("\n"));
}
