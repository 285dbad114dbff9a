/** Placeholder until the lead's pages stand. */
export default function LeadPages({ slug }: { slug: string }) {
  return <p>{slug}</p>;
}
