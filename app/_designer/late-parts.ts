"use client";
import { later } from "../_ui/later";

// What opens beside the drawing, and over it: their code comes after it.
export const Inspector = later(() => import("./inspector/inspector").then((part) => part.Inspector));
export const ProblemsPanel = later(() => import("./problems/panel").then((part) => part.ProblemsPanel));
export const Settings = later(() => import("./inspector/settings").then((part) => part.Settings));
export const Versions = later(() => import("./versions/versions").then((part) => part.Versions));
export const Reading = later(() => import("./versions/reading").then((part) => part.Reading));
export const ComparePanel = later(() => import("./compare/compare-panel").then((part) => part.ComparePanel));
export const Facts = later(() => import("./compare/facts").then((part) => part.Facts));
export const LiveBanner = later(() => import("./live/banner/live-banner").then((part) => part.LiveBanner));
export const StepPanel = later(() => import("./live/step/step-panel").then((part) => part.StepPanel));
export const Broadcasts = later(() => import("./panels/broadcasts").then((part) => part.Broadcasts));
export const PublishDialog = later(() =>
  import("./panels/publishing/publish-dialog").then((part) => part.PublishDialog),
);
export const ConflictDialog = later(() => import("./panels/conflict").then((part) => part.ConflictDialog));
const LATER = [
  Inspector,
  ProblemsPanel,
  Settings,
  PublishDialog,
  Versions,
  LiveBanner,
  StepPanel,
  ComparePanel,
  Facts,
  Reading,
  Broadcasts,
  ConflictDialog,
];

/** Fetches all of them, one after the other, so that what is asked for meanwhile need not wait for all of it. */
export async function fetchLater(): Promise<void> {
  for (const { fetch } of LATER) await fetch().catch(() => {});
}
