/// The look of the page, and what its filters do.
enum HTMLStyle {
    static let css = """
        :root{--pass:#1a7f37;--fail:#cf222e;--skip:#6e7781;--inconclusive:#9a6700;--line:#d0d7de}
        *{box-sizing:border-box}
        body{font:15px/1.45 system-ui,sans-serif;color:#1f2328;max-width:1180px;margin:0 auto;padding:24px}
        h1{font-size:26px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}.lead{color:#57606a;margin:0 0 18px}
        .tiles{display:flex;gap:12px;margin-bottom:16px}
        .tile{flex:1;border:1px solid var(--line);border-top:4px solid;border-radius:6px;padding:8px 14px;color:#57606a}
        .tile b{display:block;font-size:28px;line-height:1.2}
        .tile.pass{border-top-color:var(--pass)}.tile.fail{border-top-color:var(--fail)}
        .tile.skip{border-top-color:var(--skip)}.tile.inconclusive{border-top-color:var(--inconclusive)}
        .tile.pass b{color:var(--pass)}.tile.fail b{color:var(--fail)}.tile.inconclusive b{color:var(--inconclusive)}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{border-bottom:1px solid var(--line);padding:4px 8px;text-align:right}
        th:first-child{text-align:left;font-weight:500}td.none{color:#afb8c1}td.fail{color:var(--fail);font-weight:700}
        .profile{margin:16px 0}.profile summary{cursor:pointer;font-weight:600}
        dl{display:grid;grid-template-columns:120px 1fr;gap:2px 12px;margin:8px 0}dt{color:#57606a}dd{margin:0}
        .filters{position:sticky;top:0;z-index:1;background:#fff;border-bottom:1px solid var(--line);padding:10px 0;
        display:flex;gap:12px;align-items:center;flex-wrap:wrap}
        .filters input[type=search]{width:260px;padding:5px 8px}.filters select,.filters button{padding:4px 8px}
        #shown{color:#57606a;margin-left:auto}
        .case{border-bottom:1px solid #eaeef2;padding:3px 0}.case summary{cursor:pointer}
        .case dl{margin-left:20px}.verdict{display:inline-block;width:96px;font-size:12px;font-weight:700}
        .pass .verdict{color:var(--pass)}.fail .verdict{color:var(--fail)}.skip .verdict{color:var(--skip)}
        .inconclusive .verdict{color:var(--inconclusive)}.class{color:#57606a;margin:0 4px}
        .time{float:right;color:#57606a;font-size:13px}
        .reason{display:block;margin-left:112px;color:#57606a;font-size:13px;overflow:hidden;text-overflow:ellipsis;
        white-space:nowrap}.case[open] .reason{display:none}
        .sequence{overflow-x:auto;background:#f6f8fa;border-radius:6px;margin:6px 0 10px 20px;padding:6px}
        svg text{font:12px ui-monospace,monospace;fill:#1f2328}.sequence .end{text-anchor:middle;font-weight:700}
        svg .life{stroke:#afb8c1}svg path{fill:none;stroke-width:1.5}svg .probe path{stroke:#0969da}
        svg .station path{stroke:#8250df}svg .clock,svg .label{fill:#6e7781}svg .note{fill:#9a6700;font-style:italic}
        .signature div{border-bottom:1px solid #1f2328;height:44px;width:48%;margin:0 0 10px}
        .signature span{color:#57606a;font-size:13px}
        @media print{@page{margin:14mm}body{font-size:12px;padding:0;max-width:none}.filters{display:none}
        h2,.case summary{break-after:avoid}.case summary,.case dl,.signature,tr{break-inside:avoid}
        .verdict,.time,.reason{font-size:11px}.reason{white-space:normal}.sequence{overflow:visible;margin-left:0}
        .sequence svg{width:100%;height:auto}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """

    static let script = """
        const text=document.getElementById('text'),section=document.getElementById('section'),
        boxes=[...document.querySelectorAll('.filters input[type=checkbox]')],
        cases=[...document.querySelectorAll('details.case')],shown=document.getElementById('shown');
        function filter(){const wanted=new Set(boxes.filter(b=>b.checked).map(b=>b.value)),
        words=text.value.toLowerCase();let count=0;
        for(const one of cases){const fits=wanted.has(one.dataset.verdict)
        &&(!section.value||one.dataset.section===section.value)
        &&(!words||one.textContent.toLowerCase().includes(words));
        one.hidden=!fits;if(fits)count++;}
        for(const part of document.querySelectorAll('section.cases'))
        part.hidden=!part.querySelector('details.case:not([hidden])');
        shown.textContent=count+' of '+cases.length+' cases';}
        text.oninput=section.onchange=filter;for(const box of boxes)box.onchange=filter;
        document.getElementById('open').onclick=()=>{const shut=cases.some(c=>!c.hidden&&!c.open);
        for(const one of cases)if(!one.hidden)one.open=shut;};
        for(const one of cases)if(one.dataset.verdict==='fail')one.open=true;
        const profile=document.querySelector('.profile');let wasOpen=false;
        if(profile){window.addEventListener('beforeprint',()=>{wasOpen=profile.open;profile.open=true;});
        window.addEventListener('afterprint',()=>{profile.open=wasOpen;});}
        filter();
        """
}
