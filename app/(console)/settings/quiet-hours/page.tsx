import type { Metadata } from "next";
import { titled } from "../titled";
import { QuietHoursScreen } from "./quiet-hours-screen";

export const generateMetadata = (): Promise<Metadata> => titled("quiet");

export default QuietHoursScreen;
