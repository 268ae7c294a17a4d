<#-- The plain text part. wrap(…) breaks lines at 72 columns, underline(…) also rules below. docs/templates.md says
what else a template may use; every recipient must see ${r"${unsubscribe}"}. -->
${wrap(newsletter.name)}<#if issue.date?has_content>
${issue.date}</#if>

${underline(issue.title)}

${issue.body}

-- 
${wrap(words.why)}

${words.unsubscribe}: ${unsubscribe}
${words.preferences}: ${unsubscribe}/preferences
<#if issue.online?has_content>
${words.online}: ${issue.online}
</#if>
<#if newsletter.postalAddress?has_content>

${wrap(newsletter.postalAddress)}
</#if>
