import type { Metadata } from "next";
import { QuietHoursScreen } from "../quiet-hours-screen";
import { titled } from "../titled";

export const generateMetadata = (): Promise<Metadata> => titled("quiet");

export default QuietHoursScreen;
