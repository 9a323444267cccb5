/// The style sheet of plots: colors that are told apart by most eyes, and lines that are told apart without colors.
enum PlotStyle {
    static let text = """

        .fl { font: 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        .fl text { fill: #1f2328; }
        .fl .title { font-size: 17px; font-weight: 600; }
        .fl .name { font-weight: 600; }
        .fl .number, .fl .count { font-size: 12px; }
        .fl .faint { fill: #57606a; }
        .fl .middle { text-anchor: middle; }
        .fl .end { text-anchor: end; }
        .fl .ground { fill: #ffffff; }
        .fl .grid { stroke: #d8dee4; }
        .fl .axis { stroke: #57606a; }
        .fl path { fill: none; }
        .fl .line { stroke-width: 1.5; stroke-linejoin: round; }
        .fl .area { fill-opacity: 0.3; }
        .fl .sent { stroke: #0072b2; }
        .fl .sent.area { fill: #0072b2; stroke: none; }
        .fl .offered { stroke: #8c6d1f; stroke-width: 1; }
        .fl .queue { stroke: #00795a; }
        .fl .queue.area { fill: #00795a; stroke: none; }
        .fl .cap { stroke: #1f2328; stroke-dasharray: 6 4; }
        .fl .drop { fill: #c2410c; }
        .fl .count { fill: #c2410c; font-weight: 600; }
        @media (prefers-color-scheme: dark) {
          .fl text { fill: #e6edf3; }
          .fl .faint { fill: #9da7b3; }
          .fl .ground { fill: #0d1117; }
          .fl .grid { stroke: #2a313a; }
          .fl .axis { stroke: #9da7b3; }
          .fl .sent { stroke: #56b4e9; }
          .fl .sent.area { fill: #56b4e9; }
          .fl .offered { stroke: #e6c04a; }
          .fl .queue { stroke: #3fcf9f; }
          .fl .queue.area { fill: #3fcf9f; }
          .fl .cap { stroke: #e6edf3; }
          .fl .drop { fill: #ff8f4d; }
          .fl .count { fill: #ff8f4d; }
        }

        """
}
