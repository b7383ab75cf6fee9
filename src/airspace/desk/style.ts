/** How the desk looks: large type, one red that means stop, no outside font or image. Logical properties only. */
export const DESK_STYLE = `
:root{color-scheme:dark;--ink:#f2f4f5;--back:#11171c;--panel:#1a232a;--line:#33424d;--clear:#4fbf8b;--notice:#7fb2e5;--caution:#f0c14b;--warning:#ff8f3f;--acute:#ff4d4d;--unknown:#9aa7b0}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:18px/1.5 "IBM Plex Sans Arabic","Noto Sans Arabic","Segoe UI",system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:baseline;padding:.75rem 1.25rem;border-block-end:1px solid var(--line)}
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:.25rem 0 .5rem;color:#c9d3da}header p{margin:0;color:#c9d3da}header form{margin-inline-start:auto}
main{display:grid;grid-template-columns:minmax(20rem,1.1fr) minmax(22rem,1.5fr) minmax(18rem,1fr);gap:1rem;padding:1rem 1.25rem}
@media(max-width:70rem){main{grid-template-columns:1fr}}
section{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:1rem}
ol{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.row{border:1px solid var(--line);border-inline-start:10px solid var(--unknown);border-radius:4px;padding:.6rem .9rem;background:#141c22}
.row:focus-visible,.row.chosen{outline:3px solid #fff}
.row.clear{border-inline-start-color:var(--clear)}.row.notice{border-inline-start-color:var(--notice)}.row.caution{border-inline-start-color:var(--caution)}.row.warning{border-inline-start-color:var(--warning)}.row.acute{border-inline-start-color:var(--acute);background:#3a1114}
.head{display:flex;justify-content:space-between;gap:1rem;font-size:1.45rem}.countdown{font-variant-numeric:tabular-nums;font-weight:700;direction:ltr}
.id,.when{display:block;color:#c9d3da}.row p{margin:.35rem 0 0}.code{font-size:1.6rem;font-weight:700}.hotline{background:#5a1216;padding:.5rem .75rem;border-radius:4px}
.actions,.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin-block-start:.6rem}
button{font:inherit;font-weight:600;padding:.45rem 1rem;border:0;border-radius:4px;background:#1c66b3;color:#fff;cursor:pointer}button.plain{background:none;border:1px solid #5b6d79;color:var(--ink)}button.ack{background:#fff;color:#000;font-size:1.2rem;margin-block-start:.5rem}
button:focus-visible,input:focus-visible,textarea:focus-visible,select:focus-visible,a:focus-visible{outline:3px solid #fff;outline-offset:2px}
label{display:grid;gap:.2rem;color:#c9d3da}form#new{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.7rem}label{min-inline-size:0}.wide,.buttons,#message,form#new>label:first-child,label:has([type=datetime-local]){grid-column:1/-1}
input,textarea,select{font:inherit;color:var(--ink);background:#0d1317;border:1px solid #5b6d79;border-radius:4px;padding:.4rem .6rem;inline-size:100%;min-inline-size:0}
#message.bad,.bad{color:#ffb3b3;font-weight:600}.keys{color:#9aa7b0;font-size:.9rem}
.example{margin:0;padding:.4rem 1.25rem;background:#4b3a06;color:#ffe9ad}
#stale{background:#c60018;color:#fff;padding:1rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline}#stale strong{font-size:2rem}#stale[hidden]{display:none}
body.stale{box-shadow:inset 0 0 0 12px #c60018;min-block-size:100vh}body.stale #message{visibility:hidden}body.stale main{filter:grayscale(1);opacity:.55}
svg{inline-size:100%;block-size:auto;background:#0d1317;border:1px solid var(--line);border-radius:4px;direction:ltr}.grid{stroke:#2a3740;stroke-width:1}.label{fill:#9aa7b0;font-size:12px}.now{stroke:#fff;stroke-width:2;stroke-dasharray:4 3}
.volume{fill:var(--unknown);fill-opacity:.35;stroke:var(--unknown);stroke-width:2}.volume.clear{fill:var(--clear);stroke:var(--clear)}.volume.notice{fill:var(--notice);stroke:var(--notice)}.volume.caution{fill:var(--caution);stroke:var(--caution)}.volume.warning{fill:var(--warning);stroke:var(--warning)}.volume.acute{fill:var(--acute);stroke:var(--acute)}.volume.chosen{stroke:#fff;stroke-width:3}
.tools{display:flex;flex-wrap:wrap;gap:.4rem;margin-block-end:.5rem}.tools button{padding:.3rem .7rem;font-size:1rem}.tools button[aria-pressed=true]{background:#f2f4f5;color:#11171c}
#map{touch-action:none;cursor:grab}#map.drawing{cursor:crosshair}#map:focus-visible{outline:3px solid #fff;outline-offset:2px}.readout{margin:.35rem 0 0;font-variant-numeric:tabular-nums;font-size:1.05rem}
.sea{fill:#0d1317}.around{fill:#131c22;stroke:#2d3b45;stroke-width:1}.areas{fill:#1b2831;stroke:#435663;stroke-width:1}.draft{fill:#fff;fill-opacity:.12;stroke:#fff;stroke-width:2.5;stroke-dasharray:7 4}.handle{fill:#fff;stroke:#11171c;stroke-width:2;cursor:move}.cross{stroke:#fff;stroke-width:2;fill:none;pointer-events:none}.draft,.areas,.around,.volume,.keep-clear-area{pointer-events:none}.keep-clear-area{fill:#c9a6ff;fill-opacity:.15;stroke:#c9a6ff;stroke-width:2;stroke-dasharray:3 3}
.row.conflict{border-inline-start-color:var(--warning)}.volume.conflict{fill:var(--warning);stroke:var(--warning)}
.langs{padding:.75rem 1.25rem;display:flex;gap:1.25rem}.langs a{color:#a9cff5}.langs a[aria-current]{color:#fff;font-weight:700}
.door{max-inline-size:28rem;margin:12vh auto;display:block;background:var(--panel);border:1px solid var(--line);border-radius:6px}.door form{display:grid;gap:1rem}`;
