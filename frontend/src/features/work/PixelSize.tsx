import type { ImageRef } from "../../core/model";
import { useWords } from "../../ui/i18n";
import { useBench } from "./context";

/** The size of an image in pixels, in projects that show it: a size can name a system. */
export function PixelSize({ image: { width, height } }: { image: ImageRef }) {
  const words = useWords();
  if (!useBench().showsSize) return null;
  return <span className="pixel-size">{words.t("stage.pixels", { width, height })}</span>;
}
