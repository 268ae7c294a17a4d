<#-- The plain text of confirm.ftlh. -->
${wrap(newsletter.name)}

${underline(words.title)}

${wrap(words.text)}

${words.button}:
${links.confirm}

${wrap(words.note)}

-- 
${wrap(words.why)}
<#if links.unsubscribe??>

${words.unsubscribe}: ${links.unsubscribe}
</#if>
<#if newsletter.postalAddress?has_content>

${wrap(newsletter.postalAddress)}
</#if>
