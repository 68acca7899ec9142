import type { Metadata } from "next";
import { serverT } from "../../_i18n/locale";
import { SandboxScreen } from "./sandbox-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("sandbox"))("title") };
}

export default function SandboxPage() {
  return <SandboxScreen />;
}
