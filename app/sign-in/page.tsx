import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { config } from "@/platform/config";
import { demoDoor } from "@/services/workspaces/demo-door";
import { serverT } from "../_i18n/locale";
import { ready, session } from "../_server/door";
import { SignInForm } from "./form";
import { wayBack } from "./way-back";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("signIn"))("title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  ready();
  const to = wayBack((await searchParams).to);
  if (await session()) redirect(to);
  return <SignInForm api={config().PUBLIC_API_URL} demo={await demoDoor()} to={to} />;
}
