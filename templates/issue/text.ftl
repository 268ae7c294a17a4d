<#-- The plain text part. wrap(…) breaks lines at 72 columns, underline(…) also rules below. recipient may
be branched on: <#if recipient.name?has_content>. Every recipient must see ${r"${unsubscribe}"}. -->
${wrap(newsletter.name)}<#if issue.date?has_content>
${issue.date}</#if>

${underline(issue.title)}

${issue.body}

-- 
${wrap(words.why)}

${words.unsubscribe}: ${unsubscribe}
<#if newsletter.postalAddress?has_content>

${wrap(newsletter.postalAddress)}
</#if>
