import type { Example } from "../../../core/model";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";

/** The addresses of the open task's example images, by their SHA-256. */
export function useExampleAddress(): (image: string) => string {
  const { session, digest: inForce } = useBench();
  const { task } = useWork();
  const digest = task?.assignment.protocol ?? inForce;
  const { project } = session.options;
  return (image) => `/api/v1/projects/${project}/protocols/${digest}/images/${image}`;
}

/** Source and edit of an example, side by side, with what was asked. */
export function ExamplePair({ example }: { example: Example }) {
  const words = useWords();
  const address = useExampleAddress();
  const instruction = words.text(example.instruction);
  const note = words.text(example.note);
  return (
    <figure className="example">
      <div className="example-pair">
        <img src={address(example.source)} alt={words.t("guide.exampleSource")} decoding="async" />
        <img
          src={address(example.edit)}
          alt={note || words.t("guide.exampleEdit")}
          decoding="async"
          title={note || undefined}
        />
      </div>
      {instruction && <figcaption>{instruction}</figcaption>}
    </figure>
  );
}
