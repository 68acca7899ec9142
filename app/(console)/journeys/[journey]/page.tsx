import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { isUuid } from "@/core/uuid";
import { getJourney } from "@/services/journeys/get";
import { read } from "../../../_server/door";
import { placesOf } from "../../../_server/places";
import { wire } from "../../../_ui/live/wire";
import { DesignerScreen } from "./designer-screen";

type Props = { params: Promise<{ journey: string }> };
const find = cache(async (journey: string) => (isUuid(journey) ? read(getJourney, { journey }) : undefined));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await find((await params).journey))?.name };
}

export default async function JourneyPage({ params }: Props) {
  const journey = await find((await params).journey);
  if (!journey) notFound();
  return <DesignerScreen journey={wire(journey)} places={await placesOf(journey.document)} />;
}
