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

type Query = { to?: string | string[]; another?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  ready();
  const { to: wanted, another } = await searchParams;
  const to = wayBack(wanted);
  if (another === undefined && (await session())) redirect(to);
  return <SignInForm api={config().PUBLIC_API_URL} demo={await demoDoor()} to={to} />;
}
