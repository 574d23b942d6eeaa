/** Every third slide has links, one in ten has code. */
export function longDeck(count: number): string {
  const slide = (i: number): string => {
    const parts = [
      `## Station ${i + 1}`,
      `- depth ${i * 3} m\n- bearing ${(i * 7) % 360}°\n- *clear* of traffic`,
    ];
    if (i % 3 === 0)
      parts.push(
        `[log](https://log.example.org/station/${i}) and [chart](https://charts.example.org/sheet/${i % 40})`,
      );
    if (i % 10 === 0) parts.push(`\`\`\`js\nconst station = ${i};\nreport(station, 'clear');\n\`\`\``);
    return parts.join('\n\n');
  };
  return Array.from({ length: count }, (_, i) => slide(i)).reduce(
    (text, one, i) => `${text}${i === 0 ? '' : i % 8 === 0 ? '\n\n---\n\n' : '\n\n----\n\n'}${one}`,
    '',
  );
}
