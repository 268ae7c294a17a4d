<#-- The plain text of welcome.ftlh. -->
${wrap(newsletter.name)}

${underline(words.title)}

${wrap(words.text)}

${wrap(words.note)}

-- 
${wrap(words.why)}
<#if links.unsubscribe??>

${words.unsubscribe}: ${links.unsubscribe}
${words.preferences}: ${links.unsubscribe}/preferences
</#if>
<#if newsletter.postalAddress?has_content>

${wrap(newsletter.postalAddress)}
</#if>
