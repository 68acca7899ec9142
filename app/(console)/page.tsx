import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readHome } from "@/services/insight/home";
import { serverT } from "../_i18n/locale";
import { read } from "../_server/door";
import { wire } from "../_ui/live/wire";
import { FirstPassword } from "./_components/first-password";
import { HomeScreen } from "./_home/home-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("home"))("title") };
}

export default async function HomePage() {
  const home = await read(readHome, {});
  if (!home) notFound();
  return <HomeScreen initial={wire(home)} notice={<FirstPassword />} />;
}
